import type { CodeableConcept } from '../../fhir/types';

export const LOINC = 'http://loinc.org';
export const ICD10 = ['http://hl7.org/fhir/sid/icd-10', 'http://hl7.org/fhir/sid/icd-10-fr', 'https://smt.esante.gouv.fr/terminologie-cim-10', 'urn:oid:1.2.250.1.213.2.32'];

/** The words of a concept: what the author wrote, else the first display, else the bare code; empty when absent. */
export function conceptText(concept: CodeableConcept | undefined): string {
  if (!concept) return '';
  const coding = concept.coding?.find((c) => c.display) ?? concept.coding?.[0];
  return concept.text ?? coding?.display ?? coding?.code ?? '';
}

export function codeIn(concept: CodeableConcept | undefined, systems: string | string[]): string | null {
  return concept?.coding?.find((c) => c.system && systems.includes(c.system))?.code ?? null;
}

export function firstCode(concept: CodeableConcept | undefined): string {
  return concept?.coding?.[0]?.code ?? '';
}

export function hasCode(concept: CodeableConcept | undefined, code: string): boolean {
  return concept?.coding?.some((c) => c.code === code) ?? false;
}
