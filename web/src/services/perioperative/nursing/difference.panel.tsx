import { IconAlertOctagon, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Values } from '../core/entry.resource';
import { fieldWord } from '../core/words.resource';
import { COUNTED, differences, isEnd, type Counted } from './counts';

/** Told while one counts: what is missing or too many, before anything is sent. */
export function LiveDifference({ expected, values }: { expected: Counted; values: Values }) {
  const { t } = useTranslation();
  if (!isEnd(values['phase'])) return null;
  const whole = COUNTED.every((thing) => values[thing] !== undefined || !expected[thing]);
  const off = differences(expected, values, whole);
  if (!off.length) return whole ? <p className="mh-ok mh-inline" role="status"><IconCheck size={18} aria-hidden="true" />{t('peri.counts.matches')}</p> : null;
  return (
    <div className="mh-notice mh-notice-stop" role="alert">
      <IconAlertOctagon size={22} aria-hidden="true" />
      <div>
        {off.map(({ thing, expected: must, found, by }) => <p key={thing} className="mh-strong">{t(by < 0 ? 'peri.counts.missing' : 'peri.counts.tooMany', { what: fieldWord(thing), n: Math.abs(by), must, found })}</p>)}
        <p>{t('peri.counts.decide')}</p>
      </div>
    </div>
  );
}
