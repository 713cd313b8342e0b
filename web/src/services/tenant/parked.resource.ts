// Feed rows that a reaction could not handle: set aside, visible, to be tried again.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, postJson } from '../../fhir/http';

export interface ParkedRow {
  reaction: string;
  vid: number;
  type: string;
  id: string;
  attempts: number;
  at: string | undefined;
  reason: string;
}

interface Answer extends Partial<ParkedRow> {
  resource_type?: string;
  parked_at?: string;
  error?: string;
}

function parkedRow(row: Answer): ParkedRow {
  return {
    reaction: row.reaction ?? '',
    vid: row.vid ?? 0,
    type: row.type ?? row.resource_type ?? '',
    id: row.id ?? '',
    attempts: row.attempts ?? 0,
    at: row.at ?? row.parked_at,
    reason: row.reason ?? row.error ?? '',
  };
}

export function useParked() {
  return useQuery({
    queryKey: ['parked'],
    queryFn: async ({ signal }) => {
      const answer = await getJson<Answer[] | { rows?: Answer[] }>('/api/v1/admin/parked', signal);
      return (Array.isArray(answer) ? answer : (answer.rows ?? [])).map(parkedRow);
    },
  });
}

export function useRetryParked() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (row: ParkedRow) => postJson('/api/v1/admin/parked/retry', { reaction: row.reaction, vid: row.vid }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['parked'] }),
  });
}
