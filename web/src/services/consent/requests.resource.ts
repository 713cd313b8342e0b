// What a patient asks of the clinic about their data (RGPD art. 15 to 20).
import { useQuery } from '@tanstack/react-query';
import { request } from '../../fhir/http';
import { API, getRows } from '../../fhir/verbs';

export const REQUEST_KINDS = ['rectification', 'restriction', 'erasure'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export interface DataRequest { id: string; at: string | undefined; kind: string; text: string; state: string; answer: string; legal: string; due: string | undefined }

interface RequestAnswer {
  id?: string;
  at?: string | null;
  kind?: string;
  text?: string | null;
  state?: string | null;
  answer?: string | null;
  legal?: string | null;
  due?: string | null;
}

export const requestView = (one: RequestAnswer): DataRequest => ({
  id: one.id ?? '',
  at: one.at ?? undefined,
  kind: one.kind ?? '',
  text: one.text ?? '',
  state: one.state ?? '',
  answer: one.answer ?? '',
  legal: one.legal ?? '',
  due: one.due ?? undefined,
});

/** Not refused and not done: somebody still has to answer. */
export const isWaiting = (request: DataRequest): boolean => request.state === 'requested' || request.state === 'accepted';

export function useDataRequests(patient: string) {
  return useQuery({
    queryKey: ['data-requests', patient],
    queryFn: async ({ signal }) => (await getRows<RequestAnswer>(`patients/${encodeURIComponent(patient)}/data-requests`, 'requests', signal)).map(requestView),
  });
}

/** Saves the copy as a file; its name tells no one whose it is. */
export async function downloadCopy(patient: string): Promise<number> {
  const text = await request(`${API}patients/${encodeURIComponent(patient)}/copy`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/fhir+json, application/json' },
    body: '{}',
  });
  const address = URL.createObjectURL(new Blob([text], { type: 'application/fhir+json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `copie-${patient}.json`;
  link.click();
  URL.revokeObjectURL(address);
  return (JSON.parse(text) as { entry?: unknown[] }).entry?.length ?? 0;
}
