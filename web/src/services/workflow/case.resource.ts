import { useQuery } from '@tanstack/react-query';
import type { Side } from '../../datatypes/CodeableConcept/laterality';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

/** What is said of the operation above its steps. */
export interface Case { id: string; patient: string; act: string; side: Side | null }

export const useCase = (id: string) => useQuery({ queryKey: ['workflow', 'operation', id], queryFn: ({ signal }) => getJson<Case>(`${API}surgeries/${encodeURIComponent(id)}`, signal) });
