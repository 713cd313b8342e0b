// Who is already known and looks like the person being registered.
import { useQuery } from '@tanstack/react-query';
import { personName } from '../../datatypes/HumanName/name';
import { identityOf } from '../../datatypes/Identifier/identity';
import { readNir } from '../../datatypes/Identifier/nir';
import { fhirSearch } from '../../fhir/client';
import type { Patient } from '../../fhir/types';
import { sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import { today } from '../../datatypes/Date/today';
import { faultsOf, isoBirth, registrationBody, type Draft } from './registration.resource';

/** A sentence under `registration.reason.*`. */
export type Reason = 'number' | 'nameAndBirth' | 'nameOnly' | 'birthAndGiven' | 'twin';

export interface Candidate {
  id: string;
  name: string;
  birth: string | undefined;
  gender: string | undefined;
  ipp: string | null;
  reasons: Reason[];
  /** The server's own reasons, where it gave some. */
  said: string[];
  /** How likely it is the same person, from 0 to 1; only the server weighs. */
  score?: number;
  /** All strict traits are the same: a second record needs a reason. */
  same?: boolean;
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z]/g, '');

/** Why a known patient looks like the draft; empty when they do not. */
export function reasonsFor(patient: Patient, draft: Draft): Reason[] {
  const birth = isoBirth(draft.birth);
  const names = patient.name ?? [];
  const sameFamily = names.some((name) => [draft.family, draft.usualFamily].some((text) => text.trim() && fold(name.family ?? '') === fold(text)));
  const sameGiven = names.some((name) => name.given?.some((one) => fold(one) === fold(draft.given.split(/[,\s]+/)[0] ?? '')));
  const sameBirth = birth !== null && patient.birthDate === birth;
  const nir = readNir(draft.nir);
  const sameNumber = 'nir' in nir && (patient.identifier ?? []).some((one) => (one.value ?? '').replace(/\s/g, '').startsWith(nir.nir.body));
  const reasons: Reason[] = [];
  if (sameNumber) reasons.push('number');
  if (sameFamily && sameGiven && sameBirth) reasons.push('nameAndBirth');
  else if (sameFamily && sameBirth) reasons.push('twin');
  else if (sameGiven && sameBirth) reasons.push('birthAndGiven');
  else if (sameFamily && sameGiven) reasons.push('nameOnly');
  return reasons;
}

const RANK: Reason[] = ['number', 'nameAndBirth', 'birthAndGiven', 'nameOnly', 'twin'];
const SHOWN = 6;

export function candidates(patients: Patient[], draft: Draft): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const patient of patients) {
    const reasons = reasonsFor(patient, draft);
    if (reasons.length && patient.id) {
      found.set(patient.id, { id: patient.id, name: personName(patient.name).full, birth: patient.birthDate, gender: patient.gender, ipp: identityOf(patient).ipp, reasons, said: [] });
    }
  }
  const rank = (one: Candidate) => RANK.indexOf(one.reasons[0] ?? 'twin');
  return [...found.values()].sort((a, b) => rank(a) - rank(b)).slice(0, SHOWN);
}

/** Asked once the name is typed, again with the birth date, and by the number when it is whole. */
export function useDuplicates(draft: Draft) {
  const birth = isoBirth(draft.birth);
  const family = draft.family.trim();
  const first = draft.given.trim().split(/[,\s]+/)[0] ?? '';
  const nir = readNir(draft.nir);
  const number = 'nir' in nir ? nir.nir.body + nir.nir.key : '';
  const byName = family.length >= 2 && first.length >= 2;
  const search = useQuery({
    queryKey: ['fhir', 'Patient', 'duplicates', family, first, birth, number],
    enabled: byName || number !== '',
    queryFn: async ({ signal }) => {
      const asks = [
        ...(number ? [{ identifier: [number] }, { identifier: [number.slice(0, 13)] }] : []),
        ...(byName ? [{ name: [family, first] }] : []),
        ...(byName && birth ? [{ birthdate: birth, name: [family] }, { birthdate: birth, name: [first] }] : []),
      ];
      const pages = await Promise.all(asks.map((ask) => fhirSearch<Patient>('Patient', { ...ask, _count: '20' }, signal)));
      return pages.flatMap((page) => page.rows);
    },
  });
  // Once the traits are whole the server weighs them: turned dates, exchanged names, names that sound alike.
  const whole = Object.keys(faultsOf(draft, today())).length === 0;
  const body = whole ? registrationBody(draft, []) : {};
  const weighed = useQuery({
    queryKey: ['fhir', 'Patient', 'weighed', JSON.stringify(body)],
    enabled: whole,
    queryFn: async () => candidatesSaid((await sendJson<{ candidates?: CandidateAnswer[] }>('POST', `${API}patients/duplicates`, body))?.candidates ?? []),
  });
  const found = whole && weighed.data ? weighed.data : candidates(search.data ?? [], draft);
  return { found, searched: search.isSuccess, busy: search.isFetching || weighed.isFetching, error: search.error ?? weighed.error };
}

interface CandidateAnswer { id?: string; name?: string; birthDate?: string; gender?: string; ipp?: string | null; reasons?: string[]; score?: number; same?: boolean }

/** The candidates that the server itself found, from its refusal. */
export function candidatesSaid(rows: CandidateAnswer[]): Candidate[] {
  return rows.map((one) => ({ id: one.id ?? '', name: one.name ?? '', birth: one.birthDate, gender: one.gender, ipp: one.ipp ?? null, reasons: [], said: one.reasons ?? [], score: one.score, same: one.same ?? false }));
}
