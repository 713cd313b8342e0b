// What a person comes with, beside problems and allergies: family, habits, alerts, those who care, documents.
import { useQuery } from '@tanstack/react-query';
import { LOINC, codeIn, conceptText, firstCode } from '../../datatypes/CodeableConcept/concept';
import type { Language } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { personName } from '../../datatypes/HumanName/name';
import { formatQuantity } from '../../datatypes/Quantity/number';
import { knownRelations } from './people-forms.resource';
import { fhirSearch, fhirSearchAll } from '../../fhir/client';
import type { CodeableConcept, ContactPoint, HumanName, Observation, Period, Quantity, Reference, Resource } from '../../fhir/types';
import type { DocumentReference } from './attachment.resource';

const LIMIT = 200;

function useAll<T extends Resource, R>(type: string, patientId: string, kind: string, query: Record<string, string>, view: (rows: T[]) => R) {
  return useQuery({
    queryKey: ['fhir', type, patientId, kind],
    queryFn: async ({ signal }) => view((await fhirSearchAll<T>(type, { patient: patientId, _count: '100', ...query }, LIMIT, signal)).rows),
  });
}

export interface FamilyRow { id: string; relation: string; disease: string; code: string | null; age: string | null }
interface FamilyHistory extends Resource { status?: string; relationship?: CodeableConcept; name?: string; condition?: { code?: CodeableConcept; onsetAge?: Quantity; onsetString?: string }[] }

export function familyRows(all: FamilyHistory[], language: Language): FamilyRow[] {
  return all
    .filter((one) => one.status !== 'entered-in-error')
    .flatMap((one) => (one.condition?.length ? one.condition : [{}]).map((condition) => ({ id: one.id ?? '', relation: conceptText(one.relationship) || (one.name ?? ''), disease: conceptText(condition.code), code: firstCode(condition.code) || null, age: condition.onsetAge ? formatQuantity(condition.onsetAge, language) : (condition.onsetString ?? null) })))
    .sort((a, b) => a.relation.localeCompare(b.relation));
}

export const useFamily = (patientId: string, language: Language) => useAll<FamilyHistory, FamilyRow[]>('FamilyMemberHistory', patientId, language, {}, (rows) => familyRows(rows, language));

export interface Habit { code: string; label: string; value: string; at: string | undefined; id: string }
const HABITS = ['72166-2', '8664-5', '11331-6'];

/** The newest of each habit. */
export function habitsOf(rows: Observation[], language: Language): Habit[] {
  const found = new Map<string, Habit>();
  for (const row of [...rows].sort((a, b) => (b.effectiveDateTime ?? '').localeCompare(a.effectiveDateTime ?? ''))) {
    const code = codeIn(row.code, LOINC) ?? conceptText(row.code);
    if (row.status === 'entered-in-error' || found.has(code)) continue;
    const value = formatQuantity(row.valueQuantity, language) ?? row.valueString ?? conceptText(row.valueCodeableConcept);
    if (value) found.set(code, { code, label: conceptText(row.code), value, at: row.effectiveDateTime, id: row.id ?? '' });
  }
  const rank = (habit: Habit) => HABITS.indexOf(habit.code) + 1 || HABITS.length + 1;
  return [...found.values()].sort((a, b) => rank(a) - rank(b));
}

export const useHabits = (patientId: string, language: Language) => useAll<Observation, Habit[]>('Observation', patientId, `social-history.${language}`, { category: 'social-history', _sort: '-date' }, (rows) => habitsOf(rows, language));

export interface FlagRow { id: string; text: string; kind: string; since: string | undefined; until: string | undefined; active: boolean }
interface FlagResource extends Resource { status?: string; code?: CodeableConcept; category?: CodeableConcept[]; period?: Period }

export function flagRows(all: FlagResource[], day: string): FlagRow[] {
  return all
    .filter((one) => one.status !== 'entered-in-error')
    .map((one) => ({ id: one.id ?? '', text: conceptText(one.code), kind: firstCode(one.category?.[0]), since: one.period?.start, until: one.period?.end, active: one.status === 'active' && !(one.period?.end && one.period.end.slice(0, 10) < day) }))
    .sort((a, b) => Number(b.active) - Number(a.active) || (b.since ?? '').localeCompare(a.since ?? ''));
}

export const useFlags = (patientId: string) => useAll<FlagResource, FlagRow[]>('Flag', patientId, 'flags', {}, (rows) => flagRows(rows, today()));

export interface MemberRow { key: string; team: string; reference: string; name: string; role: string; since: string | undefined }
interface CareTeam extends Resource { status?: string; name?: string; period?: Period; participant?: { role?: CodeableConcept[]; member?: Reference; period?: Period }[] }

export const useCareTeam = (patientId: string) =>
  useAll<CareTeam, MemberRow[]>('CareTeam', patientId, 'team', {}, (teams) =>
    teams.filter((one) => one.status === 'active' || !one.status).flatMap((team) => (team.participant ?? []).flatMap(({ member, role, period }) => (member?.display && !(period?.end && period.end <= new Date().toISOString()) ? [{ team: team.id ?? '', reference: member.reference ?? '', key: `${team.id}/${member.reference ?? member.display}`, name: member.display, role: (role ?? []).map(conceptText).filter(Boolean).join(', '), since: period?.start ?? team.period?.start }] : []))),
  );

export interface RelativeRow { id: string; name: string; relations: ReturnType<typeof knownRelations>; phone: string | null; parent: boolean }
interface RelatedPerson extends Resource { active?: boolean; relationship?: CodeableConcept[]; name?: HumanName[]; telecom?: ContactPoint[] }
const PARENTS = new Set(['MTH', 'FTH', 'PRN', 'NMTH', 'NFTH', 'ADOPTF', 'ADOPTM']);

export const useRelatives = (patientId: string) =>
  useAll<RelatedPerson, RelativeRow[]>('RelatedPerson', patientId, 'relatives', {}, (all) =>
    all.filter((one) => one.active !== false).map((one) => ({ id: one.id ?? '', name: personName(one.name).full, relations: knownRelations(one), phone: one.telecom?.find((t) => t.system === 'phone')?.value ?? null, parent: (one.relationship ?? []).some((r) => (r.coding ?? []).some((c) => PARENTS.has(c.code ?? ''))) })),
  );

export interface DocumentRow { id: string; title: string; at: string | undefined; author: string; status: string }

const documentRow = (one: DocumentReference): DocumentRow => ({
  id: one.id ?? '',
  title: one.description ?? (conceptText(one.type) || (one.content?.[0]?.attachment?.title ?? '')),
  at: one.date,
  author: (one.author ?? []).flatMap((a) => a.display ?? []).join(', '),
  status: one.docStatus ?? '',
});

export const useDocuments = (patientId: string) =>
  useQuery({
    queryKey: ['fhir', 'DocumentReference', patientId, 'list'],
    queryFn: async ({ signal }) => {
      const page = await fhirSearch<DocumentReference>('DocumentReference', { patient: patientId, _sort: '-date', _count: '100', _elements: 'status,docStatus,type,date,description,author' }, signal);
      return { rows: page.rows.filter((one) => one.status === 'current' || !one.status).map(documentRow), complete: page.next === null };
    },
  });
