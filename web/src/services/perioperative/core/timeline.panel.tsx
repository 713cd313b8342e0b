import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatTime } from '../../../datatypes/Date/format';
import { Panel } from '../../../design/Panel';
import { useLanguage } from '../../../i18n';
import { CorrectModal } from './correct.modal';
import type { Entry, Kind, Sheet } from './entry.resource';
import { entryParts, kindWord } from './words.resource';

interface TimelineProps { title: string; sheet: Sheet; surgery: string; entries: Entry[]; kinds: Kind[] }

/** What was recorded, the newest first; a correction stands with its reason, what was struck stays legible. */
export function Timeline({ title, sheet, surgery, entries, kinds }: TimelineProps) {
  const { t } = useTranslation();
  const [correcting, setCorrecting] = useState<Entry | null>(null);
  const rows = [...entries].sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
  return (
    <Panel title={title} count={rows.length} flush>
      {rows.length === 0 && <p className="mh-empty">{t('peri.noEntries')}</p>}
      <ul className="mh-list mh-peri-timeline">
        {rows.map((entry) => <Line key={entry.id} entry={entry} kinds={kinds} correct={() => setCorrecting(entry)} />)}
      </ul>
      {correcting && <CorrectModal sheet={sheet} surgery={surgery} entry={correcting} kind={kinds.find(({ kind }) => kind === correcting.kind)} close={() => setCorrecting(null)} />}
    </Panel>
  );
}

function Line({ entry, kinds, correct }: { entry: Entry; kinds: Kind[]; correct: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const parts = entryParts(entry, kinds.find(({ kind }) => kind === entry.kind)?.fields ?? [], language);
  const time = formatTime(entry.time, language) ?? '';
  const struck = entry.status === 'struck';
  return (
    <li data-struck={struck || undefined}>
      <time dateTime={entry.time} title={formatDateTime(entry.time, language) ?? ''}>{time}</time>
      <div className="mh-grow">
        <p className="mh-peri-what"><strong>{kindWord(entry.kind)}</strong>{parts.map(({ name, text }) => <span key={name}><span className="mh-quiet">{name}</span> {text}</span>)}</p>
        {entry.note && <p>{entry.note}</p>}
        {entry.corrections?.map(({ at, by, reason }) => <p key={at} className="mh-warn">{t(struck ? 'peri.struckBy' : 'peri.correctedBy', { who: by?.name ?? '', when: formatTime(at, language) ?? '', reason })}</p>)}
        <p className="mh-quiet">{entry.author?.name ?? t('common.notRecorded')}</p>
      </div>
      {!struck && <button type="button" className="mh-link" aria-label={t('peri.correctOne', { what: kindWord(entry.kind), time })} onClick={correct}>{t('peri.correct')}</button>}
    </li>
  );
}
