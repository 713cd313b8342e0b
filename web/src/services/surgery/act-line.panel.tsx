import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import type { Side } from '../../datatypes/CodeableConcept/laterality';

interface ActLineProps { surgery: { act: string; side: Side | null; number?: string }; strong?: boolean }

/** The act and its side, always together. */
export function ActLine({ surgery, strong = false }: ActLineProps) {
  return (
    <span className={strong ? 'mh-act-line mh-act-strong' : 'mh-act-line'}>
      <span>{surgery.act}</span>
      <SideMark side={surgery.side} />
    </span>
  );
}
