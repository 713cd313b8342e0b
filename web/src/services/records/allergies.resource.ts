// Allergies have four states and are never blank: known, none known, not recorded, unavailable. The last is either
// said by the record (a List whose emptyReason is `unavailable`: nobody could ask) or by a request that failed.
import { useQuery } from '@tanstack/react-query';
import { codeIn, conceptText, firstCode, hasCode } from '../../datatypes/CodeableConcept/concept';
import { fhirSearch, fhirSearchAll } from '../../fhir/client';
import type { AllergyIntolerance, CodeableConcept, Resource } from '../../fhir/types';

const SNOMED = 'http://snomed.info/sct';
// "No known allergy", "no known drug allergy", "no known food allergy", "no known environmental allergy".
const NONE_KNOWN = new Set(['716186003', '409137002', '429625007', '428607008']);
const LIMIT = 200;

export interface AllergyRow {
  id: string;
  substance: string;
  categories: string[];
  severe: boolean;
  reactions: string[];
  recorded: string | undefined;
  active: boolean;
}

export interface Allergies {
  state: 'known' | 'noneKnown' | 'notRecorded' | 'unavailable';
  active: AllergyRow[];
  past: AllergyRow[];
  updated: string | undefined;
}

function isNoneKnown(allergy: AllergyIntolerance): boolean {
  return NONE_KNOWN.has(codeIn(allergy.code, SNOMED) ?? '');
}

function row(allergy: AllergyIntolerance): AllergyRow {
  const clinical = firstCode(allergy.clinicalStatus) || 'active';
  return {
    id: allergy.id ?? '',
    substance: conceptText(allergy.code),
    categories: allergy.category ?? [],
    severe: allergy.criticality === 'high' || (allergy.reaction?.some((r) => r.severity === 'severe') ?? false),
    reactions: (allergy.reaction ?? []).flatMap((r) => (r.manifestation ?? []).map(conceptText)).filter(Boolean),
    recorded: allergy.recordedDate,
    active: clinical === 'active',
  };
}

const updatedAt = (allergy: AllergyIntolerance) => allergy.recordedDate ?? allergy.meta?.lastUpdated ?? '';

export function allergiesOf(resources: AllergyIntolerance[]): Allergies {
  const valid = resources.filter((a) => !['entered-in-error', 'refuted'].includes(firstCode(a.verificationStatus)));
  const rows = valid.filter((a) => !isNoneKnown(a)).map(row);
  const active = rows.filter((r) => r.active).sort((a, b) => Number(b.severe) - Number(a.severe) || a.substance.localeCompare(b.substance));
  const noneKnown = valid.some((a) => isNoneKnown(a) && (firstCode(a.clinicalStatus) || 'active') === 'active');
  const updated = valid.map(updatedAt).sort().at(-1);
  return {
    state: active.length ? 'known' : noneKnown ? 'noneKnown' : 'notRecorded',
    active,
    past: rows.filter((r) => !r.active),
    updated: updated || undefined,
  };
}

const ALLERGY_LIST = 'http://loinc.org|52472-8';

interface AllergyList extends Resource {
  date?: string;
  emptyReason?: CodeableConcept;
}

/** Why there is no entry: a List may say that the information could not be had. */
async function emptyList(allergies: Allergies, patientId: string, signal: AbortSignal): Promise<Allergies> {
  const { rows } = await fhirSearch<AllergyList>('List', { patient: patientId, code: ALLERGY_LIST, _count: '5' }, signal);
  const list = rows.find((one) => hasCode(one.emptyReason, 'unavailable'));
  return list ? { ...allergies, state: 'unavailable', updated: list.date ?? list.meta?.lastUpdated } : allergies;
}

/** An error of this query is the fourth state, « indisponibles ». */
export function useAllergies(patientId: string) {
  return useQuery({
    queryKey: ['fhir', 'AllergyIntolerance', patientId],
    queryFn: async ({ signal }) => {
      const { rows } = await fhirSearchAll<AllergyIntolerance>('AllergyIntolerance', { patient: patientId, _count: '100' }, LIMIT, signal);
      const allergies = allergiesOf(rows);
      return allergies.state === 'notRecorded' ? emptyList(allergies, patientId, signal) : allergies;
    },
  });
}
