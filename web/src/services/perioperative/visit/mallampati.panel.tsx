import { useTranslation } from 'react-i18next';
import type { Value } from '../core/entry.resource';

const CLASSES = ['1', '2', '3', '4'] as const;

/** What the open mouth shows in each class: uvula and pillars, part of the uvula, its base, the hard palate alone. */
function Mouth({ grade }: { grade: (typeof CLASSES)[number] }) {
  const tongue = { '1': 46, '2': 40, '3': 33, '4': 25 }[grade];
  return (
    <svg viewBox="0 0 80 72" aria-hidden="true">
      <ellipse cx="40" cy="36" rx="36" ry="33" className="mh-mouth-lip" />
      <ellipse cx="40" cy="36" rx="30" ry="27" className="mh-mouth-in" />
      {grade !== '4' && <path d="M14 30 Q27 15 40 22 Q53 15 66 30 L66 22 Q40 4 14 22 Z" className="mh-mouth-palate" />}
      {grade === '4' && <path d="M12 27 Q40 19 68 27 L66 20 Q40 4 14 20 Z" className="mh-mouth-palate" />}
      {(grade === '1' || grade === '2') && <path d={grade === '1' ? 'M37 21 h6 v15 a3 3 0 0 1 -6 0 Z' : 'M37 21 h6 v13 h-6 Z'} className="mh-mouth-uvula" />}
      {grade === '3' && <path d="M37 21 h6 v6 h-6 Z" className="mh-mouth-uvula" />}
      {grade === '1' && <path d="M22 28 Q18 42 22 50 M58 28 Q62 42 58 50" className="mh-mouth-pillar" />}
      <path d={`M12 62 Q14 ${tongue} 40 ${tongue} Q66 ${tongue} 68 62 Q54 70 40 70 Q26 70 12 62 Z`} className="mh-mouth-tongue" />
    </svg>
  );
}

/** The four classes, drawn and in words. */
export function Mallampati({ value, change }: { value: Value | undefined; change: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="mh-peri-mallampati">
      <legend>{t('peri.field.mallampati')}<span className="mh-peri-must" aria-hidden="true"> *</span></legend>
      {CLASSES.map((grade) => (
        <label key={grade} data-on={String(value ?? '') === grade || undefined}>
          <input type="radio" name="mallampati" value={grade} checked={String(value ?? '') === grade} onChange={() => change(grade)} />
          <Mouth grade={grade} />
          <strong>{t(`peri.mallampati.${grade}`)}</strong>
          <small>{t(`peri.mallampatiSees.${grade}`)}</small>
        </label>
      ))}
    </fieldset>
  );
}
