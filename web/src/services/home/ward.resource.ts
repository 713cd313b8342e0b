// The patients in the house with their last vital signs, for who watches over them.
import { useQuery } from '@tanstack/react-query';
import { LOINC, codeIn } from '../../datatypes/CodeableConcept/concept';
import type { Language } from '../../datatypes/Date/format';
import { news2, type News2 } from '../../datatypes/Observation/news2';
import { formatQuantity } from '../../datatypes/Quantity/number';
import { referenceId } from '../../datatypes/Reference/reference';
import { fhirSearchAll } from '../../fhir/client';
import type { Observation, Reference } from '../../fhir/types';

/** Older measures say nothing about now. */
const HOURS = 24;
const READ = 1_000;

export interface Vitals { news: News2 | null; readings: { code: string; text: string }[] }

const ORDER = ['85354-9', '8867-4', '2708-6', '9279-1', '8310-5'];
const SAME: Record<string, string> = { '55284-4': '85354-9', '59408-5': '2708-6', '8331-1': '8310-5' };

function textOf(observation: Observation, language: Language): string {
  const part = (code: string) => formatQuantity(observation.component?.find((one) => codeIn(one.code, LOINC) === code)?.valueQuantity, language, false);
  if (observation.component?.length) return `${part('8480-6') ?? '?'}/${part('8462-4') ?? '?'}`;
  return formatQuantity(observation.valueQuantity, language) ?? '';
}

/** The newest of each sign; `observations` come newest first. `adult` because NEWS2 is for adults. */
export function vitalsOf(observations: Observation[], adult: boolean, language: Language): Vitals {
  const newest = new Map<string, string>();
  for (const observation of observations) {
    const loinc = codeIn(observation.code, LOINC) ?? '';
    const code = SAME[loinc] ?? loinc;
    const text = observation.status === 'entered-in-error' ? '' : textOf(observation, language);
    if (ORDER.includes(code) && text && !newest.has(code)) newest.set(code, text);
  }
  const readings = ORDER.flatMap((code) => {
    const text = newest.get(code);
    return text ? [{ code, text }] : [];
  });
  return { news: adult ? news2(observations) : null, readings };
}

/** Observations of the last day, by patient. One request for all of them. */
export function useWardVitals(patients: string[]) {
  const names = [...new Set(patients)].sort();
  return useQuery({
    queryKey: ['fhir', 'Observation', 'ward', names.join()],
    enabled: names.length > 0,
    queryFn: async ({ signal }) => {
      const since = new Date(Date.now() - HOURS * 3_600_000).toISOString();
      const query = { patient: names.join(), category: 'vital-signs', date: `ge${since}`, _sort: '-date', _count: '200' };
      const { rows } = await fhirSearchAll<Observation & { subject?: Reference }>('Observation', query, READ, signal);
      const byPatient = new Map<string, Observation[]>();
      for (const row of rows) {
        const id = referenceId(row.subject, 'Patient');
        if (id) byPatient.set(id, [...(byPatient.get(id) ?? []), row]);
      }
      return byPatient;
    },
  });
}
