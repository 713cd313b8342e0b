import type { HumanName } from '../../fhir/types';

export interface PersonName {
  /** Family name in use, in capitals, as French identity rules write it. */
  family: string;
  given: string;
  /** Birth name in capitals, when it differs from the name in use. */
  birth: string | null;
  /** « NOM Prénom », or the name as written when it is not structured; empty when none is recorded. */
  full: string;
}

const upper = (text: string) => text.toLocaleUpperCase('fr-FR');

function preferred(names: HumanName[]): HumanName | undefined {
  const current = names.filter((name) => !name.period?.end && name.use !== 'old');
  return current.find((n) => n.use === 'usual') ?? current.find((n) => n.use === 'official') ?? current[0] ?? names[0];
}

/** The name to show for a person who may have several (http://hl7.org/fhir/R4/datatypes.html#HumanName). */
export function personName(names: HumanName[] | undefined): PersonName {
  const list = names ?? [];
  const name = preferred(list);
  const official = list.find((n) => n.use === 'maiden') ?? list.find((n) => n.use === 'official');
  const family = upper(name?.family ?? official?.family ?? '');
  const given = (name?.given ?? official?.given ?? []).join(' ');
  const born = upper(official?.family ?? '');
  const structured = [family, given].filter(Boolean).join(' ');
  return { family, given, birth: born && born !== family ? born : null, full: structured || name?.text || '' };
}
