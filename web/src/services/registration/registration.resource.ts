// A new patient: what was typed, what is wrong with it, what is sent.
import { aroundBody } from './around.resource';
import { isInsee, readNir } from '../../datatypes/Identifier/nir';

export interface Draft {
  nir: string;
  family: string;
  given: string;
  usualFamily: string;
  usualGiven: string;
  birth: string;
  gender: string;
  birthplace: string;
  birthCity: string;
  phone: string;
  mail: string;
  street: string;
  postcode: string;
  city: string;
  contactName: string;
  contactTie: string;
  contactPhone: string;
  trustedName: string;
  trustedPhone: string;
  parentOne: string;
  parentOnePhone: string;
  parentTwo: string;
  parentTwoPhone: string;
  guardian: string;
  guardianPhone: string;
  protection: string;
  amoPayor: string;
  regime: string;
  exemption: string;
  amcPayor: string;
  amcNumber: string;
  gp: string;
  gpId: string;
  referrer: string;
  referrerId: string;
  death: string;
  /** A document of high trust that was seen, empty where none was. */
  document: string;
  /** The national service (INSi) confirmed the traits. */
  insi: boolean;
}

export const EMPTY: Draft = {
  nir: '', family: '', given: '', usualFamily: '', usualGiven: '', birth: '', gender: '', birthplace: '', birthCity: '',
  phone: '', mail: '', street: '', postcode: '', city: '', contactName: '', contactTie: '', contactPhone: '',
  trustedName: '', trustedPhone: '', parentOne: '', parentOnePhone: '', parentTwo: '', parentTwoPhone: '', guardian: '', guardianPhone: '', protection: '', amoPayor: '',
  regime: '', exemption: '', amcPayor: '', amcNumber: '', gp: '', gpId: '', referrer: '', referrerId: '', death: '',
  document: '', insi: false,
};

export type Field = Exclude<keyof Draft, 'insi'>;

export const DOCUMENTS = ['identity-card', 'passport', 'residence-permit', 'birth-certificate', 'family-record'] as const;

export type IdentityStatus = 'provisional' | 'retrieved' | 'validated' | 'qualified';

/** How sure an identity is follows from two checks (RNIV): the national service, and a document. */
export const statusOf = (draft: Draft): IdentityStatus =>
  draft.insi ? (draft.document ? 'qualified' : 'retrieved') : draft.document ? 'validated' : 'provisional';

/** A sentence under `registration.fault.*`. */
export type Fault = 'required' | 'birth' | 'future' | 'nirShort' | 'nirShape' | 'nirKey' | 'insee' | 'trait' | 'mail' | 'phone' | 'contactName' | 'deathBefore' | 'guardian';

/** `12/03/1961`, `12.3.1961`, `12 03 1961` or `12031961` → `1961-03-12`; null when it is no day. */
export function isoBirth(typed: string): string | null {
  const parts = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(typed.trim()) ?? /^(\d\d)(\d\d)(\d{4})$/.exec(typed.trim());
  if (!parts) return null;
  const [day, month, year] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year > 1890 && date.getUTCDate() === day && date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : null;
}

const PHONE = /^(\+\d{6,15}|0\d{9})$/;
const plainPhone = (text: string) => text.replace(/[\s.\-()]/g, '');

/** A sentence under `registration.doubt.*`. */
export type Doubt = 'nirGender' | 'nirBirth' | 'nirPlace';

/** What the number says against the rest of the form: right in rare cases, to be looked at. */
export function doubtOf(draft: Draft): Doubt | null {
  const read = readNir(draft.nir);
  if ('fault' in read) return null;
  const { gender, year, month, birthplace } = read.nir;
  const birth = isoBirth(draft.birth);
  if (draft.gender && gender && draft.gender !== gender) return 'nirGender';
  if (birth && (birth.slice(2, 4) !== year || (month && birth.slice(5, 7) !== month))) return 'nirBirth';
  if (birthplace && isInsee(birthplace) && isInsee(draft.birthplace) && draft.birthplace.toUpperCase() !== birthplace) return 'nirPlace';
  return null;
}

/** Faults that stop, by field. */
export function faultsOf(draft: Draft, day: string): Partial<Record<Field, Fault>> {
  const faults: Partial<Record<Field, Fault>> = {};
  for (const field of ['family', 'given', 'birth', 'gender'] as const) if (!draft[field].trim()) faults[field] = 'required';
  const birth = isoBirth(draft.birth);
  if (draft.birth.trim() && !birth) faults.birth = 'birth';
  if (birth && birth > day) faults.birth = 'future';
  if (draft.nir.trim()) {
    const read = readNir(draft.nir);
    if ('fault' in read) faults.nir = ({ short: 'nirShort', shape: 'nirShape', key: 'nirKey' } as const)[read.fault];
  }
  if (draft.birthplace.trim() && !isInsee(draft.birthplace)) faults.birthplace = 'insee';
  if (draft.document && !draft.birthplace.trim()) faults.birthplace = 'trait';
  if (draft.mail.trim() && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(draft.mail.trim())) faults.mail = 'mail';
  for (const field of ['phone', 'contactPhone', 'trustedPhone', 'parentOnePhone', 'parentTwoPhone', 'guardianPhone'] as const) if (draft[field].trim() && !PHONE.test(plainPhone(draft[field]))) faults[field] = 'phone';
  if ((draft.contactPhone.trim() || draft.contactTie) && !draft.contactName.trim()) faults.contactName = 'contactName';
  const death = isoBirth(draft.death);
  if (draft.death.trim() && !death) faults.death = 'birth';
  if (death && death > day) faults.death = 'future';
  if (death && birth && death < birth) faults.death = 'deathBefore';
  if (['guardianship', 'curatorship'].includes(draft.protection) && !draft.guardian.trim()) faults.guardian = 'guardian';
  return faults;
}

/** A complete number fills what it holds and nobody typed. */
export function filledByNir(draft: Draft): Partial<Draft> {
  const read = readNir(draft.nir);
  if ('fault' in read) return {};
  const { gender, birthplace } = read.nir;
  return {
    ...(gender && !draft.gender ? { gender } : {}),
    ...(birthplace && isInsee(birthplace) && !draft.birthplace ? { birthplace } : {}),
  };
}

const given = (text: string) => text.split(/[,\s]+/).filter(Boolean);
const trimmed = (text: string) => text.trim() || undefined;

/** What the server is asked to record. */
export function registrationBody(draft: Draft, seen: string[], namesake = ''): Record<string, unknown> {
  const nir = readNir(draft.nir);
  const usual = draft.usualFamily.trim() || draft.usualGiven.trim();
  const names = [
    { use: 'official', family: draft.family.trim(), given: given(draft.given) },
    ...(usual ? [{ use: 'usual', family: trimmed(draft.usualFamily) ?? draft.family.trim(), given: given(draft.usualGiven || draft.given) }] : []),
  ];
  const telecom = [
    ...(draft.phone.trim() ? [{ system: 'phone', value: plainPhone(draft.phone), use: 'mobile' }] : []),
    ...(draft.mail.trim() ? [{ system: 'email', value: draft.mail.trim() }] : []),
  ];
  const address = draft.street.trim() || draft.city.trim() || draft.postcode.trim();
  return {
    name: names,
    birthDate: isoBirth(draft.birth),
    gender: draft.gender,
    ...(draft.birthplace.trim() || draft.birthCity.trim() ? { birthplace: { insee: trimmed(draft.birthplace)?.toUpperCase(), city: trimmed(draft.birthCity) } } : {}),
    ...(draft.document || draft.insi ? { identity: { insi: draft.insi, ...(draft.document ? { document: draft.document } : {}) } } : {}),
    // Only a qualified identity bears the number as its own; else it is kept for billing.
    ...('nir' in nir ? { identifiers: [{ type: statusOf(draft) === 'qualified' ? 'INS-NIR' : 'NH', value: nir.nir.body + nir.nir.key }] } : {}),
    ...(telecom.length ? { telecom } : {}),
    ...(address ? { address: [{ use: 'home', line: draft.street.trim() ? [draft.street.trim()] : undefined, postalCode: trimmed(draft.postcode), city: trimmed(draft.city), country: 'FR' }] } : {}),
    ...aroundBody(draft, isoBirth(draft.death)),
    ...(seen.length ? { duplicates_seen: seen } : {}),
    ...(namesake.trim() ? { homonym_reason: namesake.trim() } : {}),
  };
}
