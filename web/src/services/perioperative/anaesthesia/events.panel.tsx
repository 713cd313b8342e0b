import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../datatypes/Date/format';
import { FailureNotice } from '../../../design/FailureNotice';
import { Panel } from '../../../design/Panel';
import { useLanguage } from '../../../i18n';
import { newId, useAdd, type Entry, type Kind } from '../core/entry.resource';
import { valueWord } from '../core/words.resource';
import { numbered } from './event-lane.panel';

/** One tap for what happens now; the numbers are those on the chart. */
export function Events({ events, surgery, kind }: { events: Entry[]; surgery: string; kind: Kind | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const add = useAdd('anaesthesia', surgery);
  const [sent, setSent] = useState<string | null>(null);
  const codes = (kind?.fields.find(({ name }) => name === 'event')?.values ?? []).filter((code) => code !== 'other');
  const tap = (event: string) => {
    setSent(event);
    add.mutate([{ id: newId(), kind: 'event', values: { event } }]);
  };
  return (
    <Panel title={t('peri.chart.events')} side={<span>{t('peri.chart.tap')}</span>}>
      <div className="mh-peri-taps">
        {codes.map((code) => <button key={code} type="button" data-done={events.some(({ values }) => values['event'] === code) || undefined} disabled={add.isPending && sent === code} onClick={() => tap(code)}>{valueWord(code)}</button>)}
      </div>
      {add.error ? <FailureNotice error={add.error} /> : null}
      <ol className="mh-peri-events">
        {numbered(events).map(({ entry, number }) => <li key={entry.id}><span className="mh-peri-key" aria-hidden="true">{number}</span> <time dateTime={entry.time}>{formatTime(entry.time, language)}</time> {valueWord(String(entry.values['event']))}{entry.values['text'] ? <span className="mh-quiet"> {String(entry.values['text'])}</span> : null}</li>)}
      </ol>
    </Panel>
  );
}
