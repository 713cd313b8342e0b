import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../../datatypes/Date/format';
import { Paper } from '../../../design/Paper';
import { useLanguage } from '../../../i18n';
import { lasting } from '../core/clock';
import { num, type Entry } from '../core/entry.resource';
import { entryParts, fieldWord, kindWord, unitWord, valueWord } from '../core/words.resource';
import { COUNTED } from './counts';
import type { NursingRecord } from './nursing.resource';
import { SheetChecklist } from './sheet-checklist.panel';
import { entriesOf, kindsOf, type RoomSheet, type SheetCase } from './sheet.resource';
import './sheet.css';

/** The sheet of the room on A4: what was done, counted, placed and attested, with whose it is on every page. */
export function SheetPaper({ patientId, sheet }: { patientId: string; sheet: RoomSheet }) {
  const { t } = useTranslation();
  const { of, record, checklist, implants } = sheet;
  return (
    <Paper patientId={patientId} title={t('peri.sheet.title')} foot={t('peri.sheet.signature')}>
      <div className="mh-room-sheet">
        <Head of={of} />
        <SheetChecklist checklist={checklist} />
        <h2>{t('peri.counts.title')}</h2>
        <CountTable record={record} />
        {kindsOf(record).map((kind) => <Kept key={kind} kind={kind} record={record} />)}
        <h2>{t('peri.specimens.title')}</h2>
        <SpecimenTable record={record} />
        <h2>{t('peri.implant.list')}</h2>
        <ImplantTable implants={implants} />
      </div>
    </Paper>
  );
}

const Blank = () => <p>{useTranslation().t('common.notRecorded')}</p>;

function Head({ of }: { of: SheetCase }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const hours = [...of.milestones].sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  return (
    <>
      <p><strong>{of.act}</strong>{of.side && <> · <strong>{t(`side.${of.side}`)}</strong></>} · {of.number}</p>
      <p>{hours[0] && `${formatDate(hours[0].time, language, true)} · `}{of.booking?.roomName ?? t('common.notRecorded')}</p>
      <p>{of.booking?.team.length ? of.booking.team.map(({ name, role }) => `${name} (${t(`peri.sheet.role.${role}` as 'peri.sheet.role.surgeon')})`).join(' · ') : t('common.notRecorded')}</p>
      <h2>{t('peri.sheet.hours')}</h2>
      {hours.length ? <p>{hours.map(({ code, time }) => `${valueWord(code)} ${formatTime(time, language)}`).join(' · ')}</p> : <Blank />}
    </>
  );
}

function CountTable({ record }: { record: NursingRecord }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const counts = entriesOf(record, 'count');
  if (!counts.length) return <Blank />;
  return (
    <table>
      <thead><tr><th>{t('peri.time')}</th><th>{fieldWord('phase')}</th>{COUNTED.map((thing) => <th key={thing} className="mh-num">{fieldWord(thing)}</th>)}<th>{t('peri.note')}</th></tr></thead>
      <tbody>
        {counts.map((entry) => (
          <tr key={entry.id} data-struck={entry.status === 'struck' || undefined}>
            <td>{formatTime(entry.time, language)}</td>
            <td>{valueWord(String(entry.values['phase'] ?? ''))}</td>
            {COUNTED.map((thing) => <td key={thing} className="mh-num">{num(entry.values[thing]) ?? '–'}</td>)}
            <td>{[entry.values['decision'] ? valueWord(String(entry.values['decision'])) : '', entry.values['decisionNote'], entry.note, entry.author?.name].filter(Boolean).join(' · ')}<Corrections entry={entry} /></td>
          </tr>
        ))}
        <tr><th scope="row" colSpan={2}>{t('peri.counts.expected')}</th>{COUNTED.map((thing) => <td key={thing} className="mh-num">{num(record.counts.expected[thing]) ?? 0}</td>)}<td>{t(`peri.counts.state.${record.counts.state}`)}</td></tr>
      </tbody>
    </table>
  );
}

function Corrections({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return <>{entry.corrections?.map(({ at, by, reason }) => <p key={at}>{t(entry.status === 'struck' ? 'peri.struckBy' : 'peri.correctedBy', { who: by?.name ?? '', when: formatTime(at, language) ?? '', reason })}</p>)}</>;
}

function Kept({ kind, record }: { kind: string; record: NursingRecord }) {
  const language = useLanguage();
  const fields = record.kinds.find((one) => one.kind === kind)?.fields ?? [];
  const entries = entriesOf(record, kind);
  return (
    <>
      <h2>{kindWord(kind)}</h2>
      {entries.length === 0 && <Blank />}
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <span data-struck={entry.status === 'struck' || undefined}>{formatTime(entry.time, language)} · {entryParts(entry, fields, language).map(({ name, text }) => `${name} : ${text}`).join(' ; ')}{entry.note && ` · ${entry.note}`}</span> · {entry.author?.name}
            <Corrections entry={entry} />
          </li>
        ))}
        {kind === 'tourniquet' && record.tourniquets.map((one) => <li key={one.site + one.on}><strong>{valueWord(one.site)} : {formatTime(one.on, language)} – {one.off ? formatTime(one.off, language) : '…'} · {lasting(one.minutes)}{one.pressure !== null && ` · ${one.pressure}\u202f${unitWord('mmHg')}`}</strong></li>)}
      </ul>
    </>
  );
}

function SpecimenTable({ record }: { record: NursingRecord }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!record.specimens.length) return <Blank />;
  return (
    <table>
      <thead><tr><th>{t('peri.sheet.number')}</th><th>{t('peri.time')}</th>{['nature', 'site', 'container', 'exam'].map((name) => <th key={name}>{fieldWord(name)}</th>)}</tr></thead>
      <tbody>{record.specimens.map((one) => <tr key={one.reference}><td>{one.number}</td><td>{formatTime(one.time, language)}</td><td>{one.nature}</td><td>{one.site || t('common.notRecorded')}</td><td>{valueWord(one.container)}</td><td>{valueWord(one.exam)}</td></tr>)}</tbody>
    </table>
  );
}

function ImplantTable({ implants }: { implants: RoomSheet['implants'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!implants.length) return <Blank />;
  return (
    <table>
      <thead><tr><th>{t('peri.implant.name')}</th><th>{fieldWord('site')}</th><th>{t('peri.implant.gtin')}</th><th>{t('peri.implant.lot')}</th><th>{t('peri.implant.serial')}</th><th>{t('peri.implant.expiry')}</th></tr></thead>
      <tbody>
        {implants.map((one) => (
          <tr key={one.id} data-struck={one.status === 'struck' || undefined}>
            <td>{one.quantity > 1 && `${one.quantity} × `}{one.name ?? t('peri.implant.unknown')}{one.override && <p>{t('peri.overridden', { reason: one.override })}</p>}{one.status === 'struck' && <p>{t('peri.implant.struck')}</p>}</td>
            <td>{[one.site, one.side && t(`side.${one.side}`)].filter(Boolean).join(' ')}</td>
            <td>{one.gtin ?? '–'}</td><td><strong>{one.lot ?? '–'}</strong></td><td>{one.serial ?? '–'}</td><td>{formatDate(one.expiry ?? undefined, language) ?? t('common.notRecorded')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
