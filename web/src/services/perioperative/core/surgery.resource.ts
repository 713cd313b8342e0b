// What a page of the record has to say about its case: whose, which act, which side.
import { useQuery } from '@tanstack/react-query';
import { conceptText } from '../../../datatypes/CodeableConcept/concept';
import { sideOf, type Side } from '../../../datatypes/CodeableConcept/laterality';
import { referenceId } from '../../../datatypes/Reference/reference';
import { fhirRead } from '../../../fhir/client';
import type { CodeableConcept, Reference, Resource } from '../../../fhir/types';

interface ServiceRequest extends Resource { subject?: Reference; code?: CodeableConcept; bodySite?: CodeableConcept[]; status?: string }

export interface Surgery { id: string; patient: string; act: string; side: Side | null }

export const useCase = (id: string) =>
  useQuery({
    queryKey: ['fhir', 'ServiceRequest', id, 'case'],
    queryFn: async ({ signal }): Promise<Surgery> => {
      const request = await fhirRead<ServiceRequest>('ServiceRequest', id, signal);
      return { id, patient: referenceId(request.subject, 'Patient') ?? '', act: conceptText(request.code), side: sideOf(request.bodySite) };
    },
  });
