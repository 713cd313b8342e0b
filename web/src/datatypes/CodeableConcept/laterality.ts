import type { CodeableConcept } from '../../fhir/types';

export type Side = 'right' | 'left' | 'both';

// SNOMED CT qualifiers, and the laterality they give to a body structure.
const SIDES: Record<string, Side> = { '24028007': 'right', '7771000': 'left', '51440002': 'both' };

/** The side of a body site, where one is coded. */
export function sideOf(sites: CodeableConcept[] | undefined): Side | null {
  for (const site of sites ?? []) {
    for (const coding of site.coding ?? []) {
      const side = SIDES[coding.code ?? ''];
      if (side) return side;
    }
  }
  return null;
}
