// What the paper of the day says beyond the plan: read from each case and from the allergies of its patient.
import { useQuery } from '@tanstack/react-query';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { fhirSearchAll } from '../../fhir/client';
import { Failure } from '../../fhir/http';
import type { AllergyIntolerance, CodeableConcept, Reference, Resource } from '../../fhir/types';
import { idOf, type Board, type Booking } from './board.resource';

interface Extension { url: string; valueCode?: string; valueString?: string; valueCodeableConcept?: CodeableConcept; valueReference?: Reference; extension?: Extension[] }
type Allergy = AllergyIntolerance & { patient?: Reference };
interface CaseRequest extends Resource { reasonCode?: CodeableConcept[]; reasonReference?: Reference[]; note?: { text?: string }[]; extension?: Extension[] }

/** What a case wants. A text is null where the case does not say it. */
export interface CaseFacts { diagnosis: string | null; position: string | null; approach: string | null; anaesthesia: string | null; isolation: string | null; blood: string | null; implants: string[]; note: string | null }

const CASE = 'urn:medhub:case:';

export function factsOf(request: CaseRequest): CaseFacts {
  const of = (name: string) => request.extension?.find(({ url }) => url === CASE + name);
  const concept = (name: string) => conceptText(of(name)?.valueCodeableConcept) || null;
  const needs = (request.extension ?? []).filter(({ url }) => url === `${CASE}need`).map(({ extension = [] }) => ({ kind: extension.find(({ url }) => url === 'kind')?.valueCode, what: extension.find(({ url }) => url === 'what') }));
  const reasons = [...(request.reasonCode ?? []).map((code) => conceptText(code)), ...(request.reasonReference ?? []).map(({ display }) => display)].filter(Boolean);
  return {
    diagnosis: reasons.join(', ') || null,
    position: concept('position'),
    approach: concept('approach'),
    anaesthesia: concept('anaesthesia'),
    isolation: of('isolation')?.valueCode ?? null,
    blood: of('blood')?.valueString ?? null,
    implants: needs.filter(({ kind }) => kind === 'implant').map(({ what }) => conceptText(what?.valueCodeableConcept) || what?.valueReference?.display || '').filter(Boolean),
    note: request.note?.map(({ text }) => text).filter(Boolean).join(' ') || null,
  };
}

/** Four states, never blank: known, none known, not recorded, not to be read. */
export type Allergies = { state: 'known'; names: string[] } | { state: 'none' | 'unrecorded' | 'hidden' };

const NONE_KNOWN = new Set(['716186003', '409137002', '428607008', '429625007']);

export function allergiesOf(rows: AllergyIntolerance[]): Allergies {
  const standing = rows.filter((one) => !one.verificationStatus?.coding?.some(({ code }) => code === 'refuted' || code === 'entered-in-error') && !one.clinicalStatus?.coding?.some(({ code }) => code === 'resolved'));
  const known = standing.filter((one) => !one.code?.coding?.some(({ code }) => NONE_KNOWN.has(code ?? '')));
  if (known.length) return { state: 'known', names: [...new Set(known.map((one) => conceptText(one.code) ?? '').filter(Boolean))] };
  return { state: standing.length ? 'none' : 'unrecorded' };
}

export interface Sheet { facts: Map<string, CaseFacts>; allergies: Map<string, Allergies> }

const AT_ONCE = 40;
const MOST = 1_000;

async function inParts<T extends Resource>(type: string, name: string, ids: string[], signal: AbortSignal): Promise<T[]> {
  const rows: T[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) rows.push(...(await fhirSearchAll<T>(type, { [name]: ids.slice(at, at + AT_ONCE).join(','), _count: '200' }, MOST, signal)).rows);
  return rows;
}

/** What may not be read is said to be so on the paper; any other fault is a fault. */
async function orDenied<T>(read: Promise<T[]>): Promise<T[] | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Failure && error.kind === 'denied') return null;
    throw error;
  }
}

export const shownOn = (board: Board): Booking[] => board.bookings.filter(({ status, caseStatus }) => status !== 'cancelled' && caseStatus !== 'cancelled').sort((a, b) => a.start.localeCompare(b.start));

export function useSheet(board: Board | undefined) {
  const bookings = board ? shownOn(board) : [];
  const cases = [...new Set(bookings.flatMap((one) => (one.case ? [idOf(one.case)] : [])))].sort();
  const patients = [...new Set(bookings.flatMap(({ patient }) => (patient ? [patient.id] : [])))].sort();
  return useQuery({
    queryKey: ['theatre', 'plan', 'sheet', cases.join(), patients.join()],
    enabled: board !== undefined,
    queryFn: async ({ signal }): Promise<Sheet> => {
      const [requests, allergies] = await Promise.all([
        orDenied(inParts<CaseRequest>('ServiceRequest', '_id', cases, signal)),
        orDenied(inParts<Allergy>('AllergyIntolerance', 'patient', patients, signal)),
      ]);
      const of = (patient: string) => allergies?.filter((one) => idOf(one.patient?.reference ?? '') === patient) ?? [];
      return {
        facts: new Map((requests ?? []).map((request) => [request.id ?? '', factsOf(request)])),
        allergies: new Map(patients.map((patient) => [patient, allergies ? allergiesOf(of(patient)) : { state: 'hidden' }])),
      };
    },
  });
}
