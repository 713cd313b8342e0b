import { Button } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../datatypes/Date/format';
import { FailureNotice } from '../../../design/FailureNotice';
import { Panel } from '../../../design/Panel';
import { useLanguage } from '../../../i18n';
import { lasting, minutesBetween } from '../core/clock';
import { newId, useAdd } from '../core/entry.resource';
import { useNow } from '../core/use-now';
import { unitWord, valueWord } from '../core/words.resource';
import type { Tourniquet } from './nursing.resource';

const WARN_AFTER = 90;
const LONG_AFTER = 120;

/** Minutes that run while it is inflated; one tap lets it down. */
export function Tourniquets({ rows, surgery }: { rows: Tourniquet[]; surgery: string }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <Panel title={t('peri.tourniquet.title')} flush>
      {rows.length === 0 && <p className="mh-empty">{t('peri.tourniquet.none')}</p>}
      <ul className="mh-list">{rows.map((row) => <Row key={row.site + row.on} row={row} surgery={surgery} now={now} />)}</ul>
    </Panel>
  );
}

function Row({ row, surgery, now }: { row: Tourniquet; surgery: string; now: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const add = useAdd('perioperative', surgery);
  const id = useRef(newId());
  const minutes = row.off === null ? minutesBetween(row.on, now) : row.minutes;
  const level = minutes >= LONG_AFTER || row.long ? 'stop' : minutes >= WARN_AFTER ? 'warn' : null;
  return (
    <li className="mh-peri-tie">
      <div className="mh-grow">
        <strong>{valueWord(row.site)}</strong> {row.pressure !== null && <span className="mh-quiet">{row.pressure} {unitWord('mmHg')}</span>}
        <p className="mh-quiet">{formatTime(row.on, language)}{row.off && ` – ${formatTime(row.off, language)}`}</p>
        {add.error ? <FailureNotice error={add.error} /> : null}
      </div>
      <span className={level ? `mh-peri-minutes mh-${level}` : 'mh-peri-minutes'}>
        {level ? <IconAlertTriangle size={20} aria-hidden="true" /> : <IconClock size={20} aria-hidden="true" />}
        {lasting(minutes)}
        {level && <span className="mh-sr">{t('peri.tourniquet.long')}</span>}
      </span>
      {row.off === null && <Button size="lg" variant="default" loading={add.isPending} onClick={() => add.mutate([{ id: id.current, kind: 'tourniquet', values: { action: 'off', site: row.site } }])}>{t('peri.tourniquet.off')}</Button>}
    </li>
  );
}
