import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconClock, IconLink, IconPlus, IconRss, IconSettings } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, daysFrom, isoWeek, mondayOf } from '../../datatypes/Date/clinic';
import { formatDate } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { Loaded, Panel } from '../../design/Panel';
import { PractitionerPicker, practitionerPicked, type Practitioner } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { fhirRead } from '../../fhir/client';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { byDay, useAgendaLive, useEntries, type Entry } from './agenda.resource';
import { BookModal } from './book.modal';
import { CancelModal } from './cancel.modal';
import { FeedsModal } from './feeds.modal';
import { AgendaGrid } from './grid.panel';
import { HoursModal } from './hours.modal';
import { InviteModal } from './invite.modal';
import { AgendaList } from './list.panel';
import { RulesModal } from './rules.modal';
import './agenda.css';

const SHAPES = ['grid', 'list'] as const;
const SPANS = ['day', 'week'] as const;
const idOf = (reference: string): string => reference.split('/').pop() ?? reference;

/** One's own week, or a colleague's: consultations and theatre together. */
export default function AgendaPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { day?: string; span?: string; shape?: string };
  const span = SPANS.find((one) => one === search.span) ?? 'week';
  const shape = SHAPES.find((one) => one === search.shape) ?? 'grid';
  const day = /^\d{4}-\d{2}-\d{2}$/.test(search.day ?? '') ? (search.day ?? today()) : today();
  const go = (next: Partial<typeof search>) => void navigate({ to: '/agenda', search: { day, span, shape, ...next } as never });
  const [picked, setPicked] = useState<Picked | null>(null);
  const [over, setOver] = useState<'book' | 'feeds' | 'invite' | 'rules' | 'hours' | null>(null);
  const [cancelling, setCancelling] = useState<Entry | null>(null);
  const own = useOwn(me.practitioner);
  const who = picked ?? own.data ?? null;
  const days = span === 'day' ? [day] : daysFrom(mondayOf(day), addDays(mondayOf(day), 6));
  const query = useEntries(days[0] ?? day, days.at(-1) ?? day, who ? `Practitioner/${who.id}` : null);
  useAgendaLive();
  const step = span === 'day' ? 1 : 7;
  return (
    <div className="mh-page mh-agenda">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('nav.agenda')}</h1>
        <div className="mh-agenda-who"><PractitionerPicker label={t('agenda.of')} picked={who} pick={setPicked} /></div>
        <span className="mh-grow" />
        <Button size="xs" variant="default" disabled={!who} leftSection={<IconClock size={15} aria-hidden="true" />} onClick={() => setOver('hours')}>{t('hours.button')}</Button>
        <Button size="xs" variant="default" disabled={!who} leftSection={<IconSettings size={15} aria-hidden="true" />} onClick={() => setOver('rules')}>{t('invite.rulesButton')}</Button>
        <Button size="xs" variant="default" disabled={!who} leftSection={<IconLink size={15} aria-hidden="true" />} onClick={() => setOver('invite')}>{t('invite.button')}</Button>
        <Button size="xs" variant="default" leftSection={<IconRss size={15} aria-hidden="true" />} onClick={() => setOver('feeds')}>{t('agenda.feeds')}</Button>
        <Button size="xs" disabled={!who} leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setOver('book')}>{t('agenda.book')}</Button>
      </div>
      <div className="mh-agenda-steps">
        <Segments label={t('agenda.span')} value={span} choices={SPANS.map((value) => ({ value, label: t(`agenda.spans.${value}`) }))} change={(value) => go({ span: value })} />
        <button type="button" className="mh-agenda-step" aria-label={t('agenda.before')} onClick={() => go({ day: addDays(day, -step) })}><IconChevronLeft size={18} aria-hidden="true" /></button>
        <button type="button" className="mh-agenda-step" onClick={() => go({ day: today() })}>{t('agenda.today')}</button>
        <button type="button" className="mh-agenda-step" aria-label={t('agenda.after')} onClick={() => go({ day: addDays(day, step) })}><IconChevronRight size={18} aria-hidden="true" /></button>
        <strong>{span === 'day' ? formatDate(day, language, true) : t('agenda.week', { week: isoWeek(day), date: formatDate(mondayOf(day), language) ?? '' })}</strong>
        <span className="mh-grow" />
        <Segments label={t('agenda.shape')} value={shape} choices={SHAPES.map((value) => ({ value, label: t(`agenda.shapes.${value}`) }))} change={(value) => go({ shape: value })} />
      </div>
      {!who && !own.isPending && <Panel title={t('nav.agenda')}><p className="mh-empty">{t('agenda.choose')}</p></Panel>}
      {who && (
        <Loaded query={query}>
          {(entries) => (shape === 'grid' ? <AgendaGrid days={byDay(entries, days)} open={(one) => go({ day: one, span: 'day' })} /> : <AgendaList days={byDay(entries, days)} cancel={setCancelling} />)}
        </Loaded>
      )}
      {over === 'book' && who && <BookModal practitioner={who} day={day < today() ? today() : day} close={() => setOver(null)} />}
      {over === 'invite' && who && <InviteModal practitioner={who} close={() => setOver(null)} />}
      {over === 'hours' && who && <HoursModal practitioner={who} close={() => setOver(null)} />}
      {over === 'rules' && who && <RulesModal practitioner={who} close={() => setOver(null)} />}
      {over === 'feeds' && <FeedsModal person={me.practitioner?.split('/').pop() ?? null} close={() => setOver(null)} />}
      {cancelling && <CancelModal entry={cancelling} close={() => setCancelling(null)} />}
    </div>
  );
}

/** The signed-in person, where they see patients. */
function useOwn(practitioner: string | null) {
  return useQuery({
    queryKey: ['agenda', 'own', practitioner],
    queryFn: async ({ signal }) => (practitioner ? practitionerPicked(await fhirRead<Practitioner>('Practitioner', idOf(practitioner), signal)) : null),
  });
}

interface SegmentsProps { label: string; value: string; choices: { value: string; label: string }[]; change: (value: string) => void }

function Segments({ label, value, choices, change }: SegmentsProps) {
  return (
    <div className="mh-agenda-seg" role="group" aria-label={label}>
      {choices.map((one) => <button key={one.value} type="button" aria-pressed={one.value === value} onClick={() => change(one.value)}>{one.label}</button>)}
    </div>
  );
}
