import { Chip, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBuildingHospital, IconFileReport, IconFileText, IconCut, IconStethoscope, IconFile, IconPrescription, IconVaccine, type Icon } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import { today } from '../../datatypes/Date/today';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Skeletons } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { EventModal } from './event.modal';
import { EVENT_TYPES, useTimeline, useYears, type EventRow, type EventType } from './timeline.resource';
import './chart.css';

const ICONS: Record<EventType, Icon> = {
  Encounter: IconBuildingHospital,
  Procedure: IconCut,
  Condition: IconStethoscope,
  DiagnosticReport: IconFileReport,
  Composition: IconFileText,
  Immunization: IconVaccine,
  DocumentReference: IconFile,
  MedicationRequest: IconPrescription,
};
const ROW = matchMedia('(pointer: coarse)').matches ? 44 : 34;
const YEAR = 30;

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

type Line = { year: string } | { row: EventRow };

function lines(rows: EventRow[]): Line[] {
  const result: Line[] = [];
  let year = '';
  for (const row of rows) {
    const of = row.at.slice(0, 4);
    if (of !== year) result.push({ year: of });
    year = of;
    result.push({ row });
  }
  return result;
}

/** Everything that happened, newest first; only what is on screen is drawn, so 2,000 encounters scroll smoothly. */
export default function TimelinePage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<ReadonlySet<EventType>>(new Set(EVENT_TYPES));
  const [before, setBefore] = useState<number | null>(null);
  const [typed, setTyped] = useState('');
  const [opened, setOpened] = useState<EventRow | null>(null);
  const [words] = useDebouncedValue(fold(typed.trim()), 150);
  const timeline = useTimeline(patientId, shown, before);
  const years = useYears(patientId, Number(today().slice(0, 4)));
  const rows = useMemo(() => (words ? timeline.rows.filter((row) => words.split(/\s+/).every((word) => fold(`${row.title} ${row.detail} ${codeText('eventKind', row.type)}`).includes(word))) : timeline.rows), [timeline.rows, words]);
  const list = useMemo(() => lines(rows), [rows]);
  const { more, busy, readOn } = timeline;
  // A search looks at the whole record: what was not read yet is read on, page by page.
  useEffect(() => {
    if (words && more && !busy) readOn();
  });
  const toggle = (type: EventType) =>
    setShown((now) => {
      const next = new Set(now);
      if (!next.delete(type)) next.add(type);
      return next;
    });
  return (
    <div className="mh-page mh-fill">
      <h2 className="mh-sr">{t('section.timeline')}</h2>
      <div className="mh-toolbar">
        <TextInput className="mh-grow" size="xs" type="search" aria-label={t('timeline.search')} placeholder={t('timeline.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <NativeSelect size="xs" aria-label={t('timeline.year')} value={before ?? ''} onChange={(event) => setBefore(Number(event.currentTarget.value) || null)} data={[{ value: '', label: t('timeline.newest') }, ...(years.data ?? []).slice(1).map((year) => ({ value: String(year), label: t('timeline.from', { year }) }))]} />
        <span className="mh-quiet" role="status">{t(words && more ? 'timeline.searching' : timeline.more ? 'timeline.countMore' : 'timeline.count', { count: rows.length })}</span>
      </div>
      <div className="mh-row mh-filters" role="group" aria-label={t('timeline.filter')}>
        {EVENT_TYPES.map((type) => (
          <Chip key={type} size="xs" variant="outline" checked={shown.has(type)} onChange={() => toggle(type)}>
            {codeText('eventKind', type)}
          </Chip>
        ))}
      </div>
      {timeline.error !== null && <FailureNotice error={timeline.error} retry={timeline.retry} />}
      {timeline.pending && !list.length && shown.size > 0 ? <Skeletons /> : <Scroller list={list} more={timeline.more && !timeline.busy} readOn={timeline.readOn} open={setOpened} />}
      {opened && <EventModal row={opened} close={() => setOpened(null)} />}
    </div>
  );
}

function Scroller({ list, more, readOn, open }: { list: Line[]; more: boolean; readOn: () => void; open: (row: EventRow) => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: list.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (list[index] && 'year' in list[index] ? YEAR : ROW),
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => virtual.measure(), [list, virtual]);
  useEffect(() => {
    if (more && last >= list.length - 30) readOn();
  }, [more, last, list.length, readOn]);
  if (!list.length) return <p className="mh-empty">{t('timeline.none')}</p>;
  return (
    <div ref={box} className="mh-panel mh-timeline" tabIndex={0} role="region" aria-label={t('section.timeline')}>
      <ol style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = list[item.index];
          return (
            <li key={item.key} style={{ transform: `translateY(${item.start}px)`, height: item.size }} className={line && 'year' in line ? 'mh-timeline-year' : undefined}>
              {line && ('year' in line ? line.year || t('timeline.undated') : <EventLine row={line.row} open={open} />)}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function EventLine({ row, open }: { row: EventRow; open: (row: EventRow) => void }) {
  const KindIcon = ICONS[row.type];
  return (
    <button type="button" className="mh-timeline-open" onClick={() => open(row)}>
      <span className="mh-timeline-date"><DateText value={row.at || undefined} /></span>
      <KindIcon size={16} stroke={1.6} aria-hidden="true" />
      <span className="mh-timeline-kind">{codeText('eventKind', row.type)}</span>
      <span className="mh-timeline-title">
        <span className="mh-strong">{row.title}</span> <SideMark side={row.side} />
        {row.detail && <span className="mh-quiet"> {row.detail}</span>}
      </span>
      {row.type === 'Encounter' && row.status !== 'finished' && <span className="mh-tag mh-tag-accent">{codeText('encounterStatus', row.status)}</span>}
    </button>
  );
}
