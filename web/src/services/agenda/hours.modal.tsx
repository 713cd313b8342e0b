import { ActionIcon, Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import type { Picked } from '../../design/Picker';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import { formatDate } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import { useAgendaSend } from './agenda.resource';

interface Span { weekday: number; from: string; until: string; weeks: 'all' | 'odd' | 'even' }
interface Period { hours: Span[]; starts: string | null; ends: string | null }
/** The hours of today (else the first to come), and those that come after them. */
interface Hours extends Period { version: number; later: Period[] }

const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const WEEKS = ['all', 'odd', 'even'] as const;
const pathOf = (id: string): string => `theatre/people/${encodeURIComponent(id)}/hours`;

/** When a person works: nobody is booked outside, and free times follow. */
export function HoursModal({ practitioner, close }: { practitioner: Picked; close: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['agenda', 'hours', practitioner.id], gcTime: 0, queryFn: ({ signal }) => getJson<Hours>(API + pathOf(practitioner.id), signal) });
  return (
    <Modal opened onClose={close} title={t('hours.title', { who: practitioner.label })} size={720} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Loaded query={query}>{(known) => <Edit id={practitioner.id} known={known} close={close} />}</Loaded>
    </Modal>
  );
}

function Edit({ id, known, close }: { id: string; known: Hours; close: () => void }) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(known.hours);
  const [dates, setDates] = useState({ starts: known.starts ?? '', ends: known.ends ?? '' });
  // What was read when the form was opened: the list below is asked anew by the stream, and must not hide another's change.
  const [version, setVersion] = useState(known.version);
  const send = useAgendaSend<Hours & { hit?: string[] }>();
  const set = (at: number, change: Partial<Span>) => setRows(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  // The day after the last, at the same hours: how a week is written.
  const next = (): Span => {
    const last = rows.at(-1);
    return last ? { ...last, weekday: (last.weekday % 7) + 1 } : { weekday: 1, from: '08:00', until: '18:00', weeks: 'all' };
  };
  const show = (period: Period) => {
    setRows(period.hours);
    setDates({ starts: period.starts ?? '', ends: period.ends ?? '' });
  };
  const save = () =>
    send.mutate({ method: 'PUT', path: pathOf(id), body: { version, hours: rows, ...(dates.starts ? { starts: dates.starts } : {}), ...(dates.ends ? { ends: dates.ends } : {}) } }, {
      onSuccess: (answer) => {
        if (answer) setVersion(answer.version);
        if (!answer?.hit?.length) close();
      },
    });
  const hit = send.data?.hit?.length ?? 0;
  return (
    <>
      <p className="mh-lead">{t('hours.explain')}</p>
      {send.isError && <FailureNotice error={send.error} />}
      {hit > 0 && <p className="mh-notice mh-notice-warn" role="status">{t('hours.hit', { count: hit })}</p>}
      {rows.map((row, at) => (
        // Rows have no name of their own; they are only added and removed.
        <fieldset key={at} className="mh-agenda-work">
          <NativeSelect aria-label={t('theatre.dayOfWeek')} value={String(row.weekday)} data={DAYS.map((day) => ({ value: day, label: t(`theatre.weekday.${day}`) }))} onChange={(event) => set(at, { weekday: Number(event.currentTarget.value) })} />
          <TextInput type="time" aria-label={t('theatre.fromHour')} value={row.from} onChange={(event) => set(at, { from: event.currentTarget.value })} />
          <TextInput type="time" aria-label={t('theatre.toHour')} value={row.until} onChange={(event) => set(at, { until: event.currentTarget.value })} />
          <NativeSelect aria-label={t('theatre.whichWeeks')} value={row.weeks} data={WEEKS.map((weeks) => ({ value: weeks, label: t(`theatre.weeks.${weeks}`) }))} onChange={(event) => set(at, { weeks: event.currentTarget.value as Span['weeks'] })} />
          <ActionIcon variant="subtle" size="lg" aria-label={t('hours.remove', { number: at + 1 })} onClick={() => setRows(rows.filter((_, index) => index !== at))}><IconTrash size={16} aria-hidden="true" /></ActionIcon>
        </fieldset>
      ))}
      {rows.length === 0 && <p className="mh-empty">{t('hours.none')}</p>}
      <div className="mh-fields">
        <TextInput type="date" label={t('hours.starts')} value={dates.starts} onChange={(event) => setDates({ ...dates, starts: event.currentTarget.value })} />
        <TextInput type="date" label={t('hours.ends')} value={dates.ends} onChange={(event) => setDates({ ...dates, ends: event.currentTarget.value })} />
      </div>
      <p className="mh-agenda-note">{t('hours.note')}</p>
      <Later periods={known.later} edit={show} />
      <div className="mh-actions mh-actions-end">
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setRows([...rows, next()])}>{t('hours.add')}</Button>
        <Button loading={send.isPending} disabled={rows.some(({ from, until }) => !from || !until)} onClick={save}>{t('hours.save')}</Button>
      </div>
    </>
  );
}

/** Hours that begin later. */
function Later({ periods, edit }: { periods: Period[]; edit: (period: Period) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const day = (date: string | null) => formatDate(date ?? undefined, language) ?? '';
  if (periods.length === 0) return null;
  return (
    <section className="mh-agenda-later" aria-label={t('hours.later')}>
      <h3>{t('hours.later')}</h3>
      <ul className="mh-list">
        {periods.map((period) => (
          <li key={period.starts} className="mh-split">
            <span className="mh-agenda-later-hours">
              <strong>{period.ends ? t('hours.fromTo', { from: day(period.starts), to: day(period.ends) }) : t('hours.from', { date: day(period.starts) })}</strong>
              {period.hours.map(({ weekday, from, until, weeks }) => <span key={`${weekday}${from}${weeks}`}>{t(`theatre.weekday.${String(weekday) as (typeof DAYS)[number]}`)} {from}–{until}{weeks !== 'all' && ` (${t(`theatre.weeks.${weeks}`)})`}</span>)}
            </span>
            <Button size="compact-sm" variant="default" onClick={() => edit(period)}>{t('hours.edit')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
