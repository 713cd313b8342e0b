import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, postJson } from '../../../fhir/http';
import { API } from '../../../fhir/verbs';
import { casePath } from '../core/entry.resource';

export interface Report { note: string | null; created?: boolean; filled: string[]; missing: { code: string; text: string }[]; status: 'draft' | 'signed' | 'withdrawn' | null }

const key = (surgery: string) => ['operative-report', surgery];

export const useReport = (surgery: string) =>
  useQuery({ queryKey: key(surgery), queryFn: ({ signal }) => getJson<Report>(API + casePath(surgery, 'report'), signal) });

/** Writes the draft, or fills what is still blank in it. */
export function usePrepare(surgery: string) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: () => postJson<Report>(API + casePath(surgery, 'report'), {}), onSuccess: (report) => void queries.setQueryData(key(surgery), report) });
}

/** A note is opened by its bare id, also where it is told as a reference. */
export const noteId = (note: string): string => note.split('/').at(-1) ?? note;
