// The people around a patient as forms: relatives (RelatedPerson) and those who care (CareTeam).
import { firstCode } from '../../datatypes/CodeableConcept/concept';
import { today } from '../../datatypes/Date/today';
import { personName } from '../../datatypes/HumanName/name';
import type { CodeableConcept, ContactPoint } from '../../fhir/types';
import { conceptOf, wordsOf, type EntryForm, type Loose, type OptionName } from './entry.resource';

const CONTACTS = 'http://terminology.hl7.org/CodeSystem/v2-0131';
const ROLES = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';
/** What French law knows and HL7 has no code for. */
const LEGAL = 'urn:medhub:person-role';

/** What somebody is to the patient: the word of the form, and its code. */
export const RELATED: Partial<Record<OptionName, [string, string]>> = {
  emergency: [CONTACTS, 'C'],
  trusted: [LEGAL, 'trusted-person'],
  parental: [LEGAL, 'parental-authority'],
  guardian: [ROLES, 'GUARD'],
};
/** How they are tied by family or friendship. */
export const TIES: Partial<Record<OptionName, string>> = { spouse: 'SPS', mother: 'MTH', father: 'FTH', child: 'CHILD', sibling: 'SIB', friend: 'FRND', otherTie: 'O' };

const relations = (r: Loose): CodeableConcept[] => (r.relationship ?? []) as CodeableConcept[];
const codesOf = (r: Loose): string[] => relations(r).flatMap((one) => (one.coding ?? []).flatMap((c) => c.code ?? []));
/** The words of the relationships that are known here, for a list in any language. */
export const knownRelations = (r: { relationship?: CodeableConcept[] }): { option: OptionName | null; concept: CodeableConcept }[] =>
  (r.relationship ?? []).map((concept) => {
    const code = firstCode(concept);
    const option = (Object.entries(RELATED).find(([, [, one]]) => one === code)?.[0] ?? Object.entries(TIES).find(([, one]) => one === code)?.[0] ?? null) as OptionName | null;
    return { option, concept };
  });
const point = (r: Loose, system: string): string => ((r.telecom ?? []) as ContactPoint[]).find((one) => one.system === system)?.value ?? '';

export const RELATIVE: EntryForm = {
  name: 'relative',
  type: 'RelatedPerson',
  fields: [
    { name: 'personName', kind: 'text', required: true, wide: true },
    { name: 'personRole', kind: 'choice', options: Object.keys(RELATED) as OptionName[], required: true },
    { name: 'tie', kind: 'choice', options: Object.keys(TIES) as OptionName[] },
    { name: 'phone', kind: 'text' },
    { name: 'mail', kind: 'text' },
  ],
  read: (r) => ({
    personName: personName(r.name).full,
    personRole: Object.keys(RELATED).find((one) => codesOf(r).includes(RELATED[one as OptionName]?.[1] ?? '')) ?? '',
    tie: Object.keys(TIES).find((one) => codesOf(r).includes(TIES[one as OptionName] ?? '')) ?? '',
    phone: point(r, 'phone'),
    mail: point(r, 'email'),
  }),
  write: (v, base, patient) => {
    const [system, code] = RELATED[wordsOf(v.personRole) as OptionName] ?? [];
    const tie = TIES[wordsOf(v.tie) as OptionName];
    const ours = new Set([...Object.values(RELATED).map((one) => one[1]), ...Object.values(TIES)]);
    const others = relations(base).filter((one) => !(one.coding ?? []).some((c) => ours.has(c.code ?? '')));
    const relationship = [...(code ? [{ coding: [{ system, code }] }] : []), ...(tie ? [{ coding: [{ system: ROLES, code: tie }] }] : []), ...others];
    const kept = ((base.telecom ?? []) as ContactPoint[]).filter((one) => one.system !== 'phone' && one.system !== 'email');
    const telecom = [['phone', wordsOf(v.phone)], ['email', wordsOf(v.mail)]].filter(([, value]) => value).map(([of, value]) => ({ system: of, value }));
    const same = personName(base.name).full === wordsOf(v.personName);
    const { telecom: _, ...rest } = base;
    const made = { ...rest, active: base.active ?? true, relationship, name: same ? base.name : [{ text: wordsOf(v.personName) }], ...(telecom.length || kept.length ? { telecom: [...kept, ...telecom] } : {}) };
    return (base.id ? made : { ...made, patient }) as Loose;
  },
};

interface Participant { member?: { reference?: string; display?: string }; role?: CodeableConcept[]; period?: { start?: string; end?: string } }

/** Adds somebody to the team that is there, or begins one. */
export const MEMBER: EntryForm = {
  name: 'member',
  type: 'CareTeam',
  fields: [
    { name: 'member', kind: 'practitioner', required: true, wide: true },
    { name: 'memberRole', kind: 'text', wide: true },
  ],
  read: () => ({ member: null, memberRole: '' }),
  write: (v, base, subject) => {
    const chosen = conceptOf(v.member);
    const role = wordsOf(v.memberRole);
    const added: Participant = { member: { reference: `Practitioner/${firstCode(chosen)}`, display: chosen?.text }, ...(role ? { role: [{ text: role }] } : {}), period: { start: today() } };
    const made = { ...base, status: base.status ?? 'active', participant: [...((base.participant ?? []) as Participant[]), added] };
    return (base.id ? made : { ...made, subject }) as Loose;
  },
};

/** Ends the part of one member; the team and its past stay. */
export const leaves = (reference: string) => (team: Loose): Loose => ({
  ...team,
  participant: ((team.participant ?? []) as Participant[]).map((one) => (one.member?.reference === reference && !one.period?.end ? { ...one, period: { ...one.period, end: new Date().toISOString() } } : one)),
});
