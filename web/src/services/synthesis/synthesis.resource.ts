import { useQuery } from '@tanstack/react-query';
import { Failure, postJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export interface Line { text: string; detail?: string; date?: string; source: string; emphasis?: 'critical' | 'abnormal' }

export type Known = 'none-known' | 'not-recorded' | 'unavailable';

export interface Part { code: string; title: string; state?: Known; lines: Line[]; omitted?: number }

export interface Synthesis { patient: string; generatedAt: string; sections: Part[] }

export function useSynthesis(patientId: string) {
  return useQuery({
    queryKey: ['synthesis', patientId, document.documentElement.lang],
    queryFn: async (): Promise<Synthesis> => {
      const answer = await postJson<Synthesis>(`${API}patients/${encodeURIComponent(patientId)}/generate_summary`, {});
      if (!answer?.sections) throw new Failure('server', 200, '', null);
      return { ...answer, sections: answer.sections.map((part) => ({ ...part, lines: part.lines ?? [] })) };
    },
  });
}

/** Where an Observation of a section stands in the chart. */
export const SECTION_OF: Record<string, string> = { results: 'labs', vitals: 'vitals', vigilance: '', medications: 'medications' };

/** What is read first stands left; the rest follows in the order of the standard. */
const LEFT = new Set(['vigilance', 'allergies', 'problems', 'medications', 'results', 'vitals']);

export const columnsOf = (parts: Part[]): [Part[], Part[]] => [parts.filter(({ code }) => LEFT.has(code)), parts.filter(({ code }) => !LEFT.has(code))];
