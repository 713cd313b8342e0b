import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../datatypes/Date/format';
import { Paper } from '../../../design/Paper';
import { useLanguage } from '../../../i18n';
import type { Surgery } from '../core/surgery.resource';
import { classWord, valueWord } from '../core/words.resource';
import { doses, readings, valid, type AnaesthesiaRecord, type Catalogue } from './anaesthesia.resource';
import { Chart } from './chart.panel';
import { doseText } from './dose';
import { numbered } from './event-lane.panel';
import { SignsTable } from './signs-table.panel';

const PAPER_WIDTH = 680;

/** The whole record on A4: the chart, then every number, dose and event in words. */
export function AnaesthesiaPaper({ surgery, record, catalogue, now }: { surgery: Surgery; record: AnaesthesiaRecord; catalogue: Catalogue; now: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const events = numbered(valid(record.entries).filter(({ kind }) => kind === 'event'));
  const { balance } = record;
  return (
    <Paper patientId={surgery.patient} title={t('peri.anaesthesiaTitle')}>
      <p>{surgery.act}{surgery.side && ` · ${t(`side.${surgery.side}`)}`}</p>
      <Chart record={record} catalogue={catalogue} now={now} width={PAPER_WIDTH} />
      <h2>{t('peri.drugs.title')}</h2>
      <ul>
        {doses(record).map((drug) => <li key={drug.id}>{formatTime(drug.time, language)} · {String(drug.values['name']).toLowerCase()} {doseText(drug.values, language)} · {valueWord(String(drug.values['route'] ?? ''))} · {classWord(String(drug.values['class']), '')}{drug.values['until'] ? ` → ${formatTime(String(drug.values['until']), language)}` : ''}</li>)}
      </ul>
      <h2>{t('peri.chart.events')}</h2>
      <ul>{events.map(({ entry, number }) => <li key={entry.id}>{number}. {formatTime(entry.time, language)} · {valueWord(String(entry.values['event']))} {String(entry.values['text'] ?? '')}</li>)}</ul>
      <h2>{t('peri.balance.title')}</h2>
      <p>{t('peri.balance.line', { in: balance.in, out: balance.out, net: balance.net })}</p>
      <h2>{t('peri.chart.signs')}</h2>
      <SignsTable readings={readings(record.entries)} oldest />
    </Paper>
  );
}
