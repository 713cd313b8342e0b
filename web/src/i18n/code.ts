// Words for codes that come from data (a status, a unit): the key exists or the fallback is shown.
import i18next from 'i18next';

export type CodeSet =
  | 'allergyCategory'
  | 'allergySeverity'
  | 'appointmentStatus'
  | 'auditAction'
  | 'auditInteraction'
  | 'auditOutcome'
  | 'encounterClass'
  | 'encounterStatus'
  | 'eventKind'
  | 'gender'
  | 'medicationStatus'
  | 'purpose'
  | 'resourceType'
  | 'role'
  | 'vital';

/** The word for `code` in the current language; what the record says (`fallback`), or the bare code, otherwise. */
export function codeText(set: CodeSet, code: string | undefined, fallback?: string): string {
  if (!code) return fallback ?? '';
  const key = `code.${set}.${code}`;
  return i18next.exists(key) ? String(i18next.t(key as never)) : (fallback ?? code);
}
