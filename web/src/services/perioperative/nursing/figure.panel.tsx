import { useTranslation } from 'react-i18next';
import type { Entry } from '../core/entry.resource';
import { kindWord } from '../core/words.resource';
import { REGIONS, regionOf, tourniquetRegion } from './body';
import type { Tourniquet } from './nursing.resource';

export function useRegionWords(): Record<string, string> {
  const { t } = useTranslation();
  return Object.fromEntries(REGIONS.map(({ name }) => [name, t(`peri.region.${name}` as 'peri.region.head')]));
}

interface Mark { region: string; letter: string; text: string; kind: string }

const SITED = new Set(['plate', 'drain', 'skin']);

function marksOf(entries: Entry[], tourniquets: Tourniquet[], words: Record<string, string>): Mark[] {
  const sited = entries.flatMap(({ kind, status, values }) => {
    const site = String(values['site'] ?? values['area'] ?? '');
    const region = SITED.has(kind) && status !== 'struck' ? regionOf(site, words) : null;
    return region ? [{ region, letter: kindWord(kind).slice(0, 1), text: `${kindWord(kind)} : ${site}`, kind }] : [];
  });
  const tied = tourniquets.filter(({ off }) => off === null).flatMap(({ site }) => {
    const region = tourniquetRegion(site);
    return region ? [{ region, letter: kindWord('tourniquet').slice(0, 1), text: `${kindWord('tourniquet')} : ${words[region]}`, kind: 'tourniquet' }] : [];
  });
  return [...sited, ...tied];
}

/** Where things are on the patient, with the words beside. */
export function BodyFigure({ entries, tourniquets, position }: { entries: Entry[]; tourniquets: Tourniquet[]; position: string | null }) {
  const { t } = useTranslation();
  const words = useRegionWords();
  const marks = marksOf(entries, tourniquets, words);
  return (
    <div className="mh-peri-body">
      <svg viewBox="0 0 120 236" role="img" aria-label={t('peri.body.label')}>
        {REGIONS.map(({ name, x, y, w, h, round }) => <rect key={name} x={x} y={y} width={w} height={h} rx={round} className="mh-peri-region" data-on={marks.some(({ region }) => region === name) || undefined} />)}
        {marks.map(({ region, letter, kind }, index) => {
          const place = REGIONS.find(({ name }) => name === region);
          const before = marks.slice(0, index).filter((mark) => mark.region === region).length;
          if (!place) return null;
          const [cx, cy] = [place.x + place.w / 2 + before * 11, place.y + place.h / 2];
          return <g key={`${kind}${index}`} className={`mh-peri-mark mh-peri-mark-${kind}`}><circle cx={cx} cy={cy} r={6} /><text x={cx} y={cy + 3} textAnchor="middle">{letter}</text></g>;
        })}
        <text x={4} y={12} className="mh-peri-side">{t('peri.body.right')}</text>
        <text x={116} y={12} textAnchor="end" className="mh-peri-side">{t('peri.body.left')}</text>
      </svg>
      <div className="mh-peri-legend">
        <p><span className="mh-quiet">{kindWord('position')}</span><br /><strong>{position ?? t('common.notRecorded')}</strong></p>
        {marks.map(({ letter, text, kind }, index) => <p key={`${kind}${index}`}><span className={`mh-peri-key mh-peri-mark-${kind}`} aria-hidden="true">{letter}</span> {text}</p>)}
      </div>
    </div>
  );
}

/** The same figure to point at: a touch writes the region into the field. */
export function BodyPicker({ chosen, pick }: { chosen: string; pick: (word: string) => void }) {
  const { t } = useTranslation();
  const words = useRegionWords();
  const on = regionOf(chosen, words);
  return (
    <div className="mh-peri-pick">
      <span className="mh-quiet" id="peri-pick">{t('peri.body.pick')}</span>
      <div role="group" aria-labelledby="peri-pick">
        {REGIONS.map(({ name, x, y, w, h, round }) => (
          <button key={name} type="button" tabIndex={-1} aria-pressed={on === name} aria-label={words[name]} title={words[name]} style={{ left: `${(x / 120) * 100}%`, top: `${(y / 236) * 100}%`, width: `${(w / 120) * 100}%`, height: `${(h / 236) * 100}%`, borderRadius: round * 1.6 }} onClick={() => pick(words[name] ?? '')} />
        ))}
        <span className="mh-peri-pick-side" aria-hidden="true">{t('peri.body.right')}</span>
        <span className="mh-peri-pick-side mh-peri-pick-left" aria-hidden="true">{t('peri.body.left')}</span>
      </div>
    </div>
  );
}
