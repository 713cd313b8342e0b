// French patient identifiers (FR Core): the national identity INS and the record number IPP.
import type { Extension, Patient } from '../../fhir/types';

export const INS_NIR = 'urn:oid:1.2.250.1.213.1.4.8';
const INS_SYSTEMS = new Set([INS_NIR, 'urn:oid:1.2.250.1.213.1.4.9', 'urn:oid:1.2.250.1.213.1.4.10', 'urn:oid:1.2.250.1.213.1.4.11']);

export type InsStatus = 'qualified' | 'validated' | 'retrieved' | 'provisional' | 'unknown';

const STATUS: Record<string, InsStatus> = {
  QUAL: 'qualified',
  VALI: 'validated',
  RECUP: 'retrieved',
  RECU: 'retrieved',
  PROV: 'provisional',
};

function codeIn(extension: Extension): string | undefined {
  return extension.valueCoding?.code ?? extension.valueCode ?? extension.valueCodeableConcept?.coding?.[0]?.code;
}

/** Status of the identity, from extension `fr-core-identity-reliability`. */
export function insStatus(patient: Patient): InsStatus {
  const reliability = patient.extension?.find((e) => e.url.endsWith('identity-reliability'));
  if (!reliability) return 'unknown';
  const nested = reliability.extension?.find((e) => e.url === 'identityStatus');
  return STATUS[codeIn(nested ?? reliability) ?? ''] ?? 'unknown';
}

/** « 2 55 08 14 168 025 38 », with no-break spaces; text of another length is left as it is. */
export function formatNir(matricule: string): string {
  const parts = /^([0-9])(\d\d)(\d\d)([0-9][0-9AB])(\d{3})(\d{3})(\d\d)?$/.exec(matricule.replace(/\s/g, ''));
  return parts ? parts.slice(1).filter(Boolean).join('\u00a0') : matricule;
}

export interface Identity {
  ins: { status: InsStatus; matricule: string | null };
  ipp: string | null;
}

/** The matricule is given only for a qualified identity: no other may be referenced under it. */
export function identityOf(patient: Patient): Identity {
  const identifiers = patient.identifier ?? [];
  const status = insStatus(patient);
  const ins = identifiers.find((i) => i.use !== 'old' && INS_SYSTEMS.has(i.system ?? ''));
  const record =
    identifiers.find((i) => i.type?.coding?.some((c) => c.code === 'PI' || c.code === 'MR')) ??
    identifiers.find((i) => i.use === 'usual' && !INS_SYSTEMS.has(i.system ?? ''));
  return {
    ins: { status, matricule: status === 'qualified' && ins?.value ? ins.value : null },
    ipp: record?.value ?? null,
  };
}
