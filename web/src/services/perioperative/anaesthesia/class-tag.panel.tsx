import { classWord } from '../core/words.resource';
import type { Catalogue } from './anaesthesia.resource';

/** The class of a drug: its colour by ISO 26825, and its name in words. */
export function ClassTag({ code, catalogue }: { code: string; catalogue: Catalogue }) {
  const kind = catalogue.classes.find((one) => one.code === code);
  return (
    <span className="mh-peri-class">
      <span aria-hidden="true" data-striped={kind?.striped || undefined} style={{ backgroundColor: kind?.colour ?? '#ffffff' }} />
      {classWord(code, kind?.label ?? code)}
    </span>
  );
}
