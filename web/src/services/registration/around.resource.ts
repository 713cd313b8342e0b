// Who and what stands around a new patient, as the registration takes it.
import type { Draft } from './registration.resource';

export const REGIMES = ['01', '02', '03', '08', '99'] as const;
export const EXEMPTIONS = ['ald', 'css', 'maternity', 'accident', 'invalidity', 'alsace-moselle'] as const;
export const MEASURES = ['guardianship', 'curatorship', 'safeguard'] as const;

interface Person { role: 'emergency' | 'trusted' | 'parent' | 'guardian'; name: string; tie?: string; phone?: string }

const trimmed = (text: string): string | undefined => text.trim() || undefined;
const plainPhone = (text: string): string | undefined => text.replace(/[\s.\-()]/g, '') || undefined;

/** Only people who were named. */
export function peopleOf(draft: Draft): Person[] {
  const all: Person[] = [
    { role: 'emergency', name: draft.contactName, tie: trimmed(draft.contactTie), phone: draft.contactPhone },
    { role: 'trusted', name: draft.trustedName, phone: draft.trustedPhone },
    { role: 'parent', name: draft.parentOne, phone: draft.parentOnePhone },
    { role: 'parent', name: draft.parentTwo, phone: draft.parentTwoPhone },
    { role: 'guardian', name: draft.guardian, phone: draft.guardianPhone },
  ];
  return all.filter((one) => one.name.trim()).map((one) => ({ ...one, name: one.name.trim(), phone: plainPhone(one.phone ?? '') }));
}

const doctor = (reference: string, typed: string) => (reference || typed.trim() ? { reference: reference ? `Practitioner/${reference}` : undefined, display: trimmed(typed) } : undefined);

/** What is added to the body of a registration; empty where nothing was said. */
export function aroundBody(draft: Draft, death: string | null): Record<string, unknown> {
  const people = peopleOf(draft);
  const covers = [
    ...(draft.amoPayor.trim() ? [{ type: 'amo', payor: draft.amoPayor.trim(), regime: trimmed(draft.regime), exemption: trimmed(draft.exemption) }] : []),
    ...(draft.amcPayor.trim() ? [{ type: 'amc', payor: draft.amcPayor.trim(), number: trimmed(draft.amcNumber) }] : []),
  ];
  const practitioner = doctor(draft.gpId, draft.gp);
  const referrer = doctor(draft.referrerId, draft.referrer);
  return {
    ...(people.length ? { contacts: people } : {}),
    ...(covers.length ? { coverage: covers } : {}),
    ...(practitioner ? { general_practitioner: practitioner } : {}),
    ...(referrer ? { referrer } : {}),
    ...(draft.protection ? { protection: draft.protection } : {}),
    ...(death ? { deceased: death } : {}),
  };
}

/** Whether the person is under 18 on that day (both dates ISO). */
export const isMinor = (birth: string | null, day: string): boolean => birth !== null && `${Number(birth.slice(0, 4)) + 18}${birth.slice(4)}` > day;
