import { Button, Menu, NativeSelect } from '@mantine/core';
import { IconArrowBackUp, IconBolt, IconChevronLeft, IconChevronRight, IconFlask, IconPrinter, IconSend, IconWand } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, addMonths, daysFrom, firstOfMonth, isoWeek, localText, mondayOf } from '../../datatypes/Date/clinic';
import { formatDate } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { isTyping } from '../../design/keyboard';
import { useLanguage } from '../../i18n';
import { sitesOf, useBoard, useResources, useTheatreLive, type Board, type Booking, type Offer } from './board.resource';
import { CasePanel } from './case.panel';
import { placeOf, refusalIn, samePlace, titleOf, useLog, usePlaceCheck, usePlacing, useUndo, type Place, type Subject } from './change.resource';
import { DayPlan } from './day.panel';
import { DayTabs } from './days.panel';
import { useDrag } from './drag';
import { MonthPlan } from './month.panel';
import { MoveModal } from './move.modal';
import { PublishModal } from './publish.modal';
import { ScenarioContext, useScenarioId } from './scenario.resource';
import { TheatreTabs } from './tabs.panel';
import { VerdictBar } from './verdict.panel';
import { WaitingPanel } from './waiting.panel';
import { WeekPlan } from './week.panel';
import './theatre.css';

const Optimiser = lazy(() => import('./optimise.panel'));
const Emergency = lazy(() => import('./emergency.modal'));
const Fill = lazy(() => import('./fill.modal'));
const Swap = lazy(() => import('./swap.modal'));
const Programme = lazy(() => import('./programme.panel'));
const Scenarios = lazy(() => import('./scenarios.panel'));
const ScenarioBar = lazy(() => import('./scenario.panel'));

const VIEWS = ['day', 'week', 'month'] as const;
type View = (typeof VIEWS)[number];
type Over = 'optimise' | 'scenarios' | 'emergency' | 'publish' | null;
export type Paper = 'room' | 'surgeon';

function rangeOf(view: View, day: string): [string, string] {
  if (view === 'day') return [day, day];
  if (view === 'week') return [mondayOf(day), addDays(mondayOf(day), 6)];
  return [firstOfMonth(day), addDays(addMonths(day, 1), -1)];
}

const stepped = (view: View, day: string, step: 1 | -1): string => (view === 'month' ? addMonths(day, step) : addDays(day, step * (view === 'week' ? 7 : 1)));

/** The plan of the theatre. What is shown stands in the address: a day can be sent, and the back key goes back. */
export default function BoardPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { view?: View; day?: string; site?: string; scenario?: string };
  const scenario = search.scenario ?? null;
  const view = VIEWS.find((one) => one === search.view) ?? 'day';
  const day = /^\d{4}-\d{2}-\d{2}$/.test(search.day ?? '') ? (search.day ?? today()) : today();
  const resources = useResources();
  const sites = sitesOf(resources.data);
  const site = search.site ?? sites[0]?.ref ?? '';
  const [from, to] = rangeOf(view, day);
  const go = (next: Partial<typeof search>) => void navigate({ to: '/theatre', search: { view, day, ...(search.site ? { site: search.site } : {}), ...(scenario ? { scenario } : {}), ...next } as never });
  useTheatreLive();
  const board = useBoard(from, to, site, scenario ?? '');
  const [over, setOver] = useState<Over>(null);
  const [paper, setPaper] = useState<Paper | null>(null);
  const enter = ({ id, from: first }: { id: string; from: string }) => {
    setOver(null);
    go({ scenario: id, ...(day < first || view === 'month' ? { day: first } : {}) });
  };
  return (
    <div className="mh-page mh-theatre">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('nav.theatre')}</h1>
        <TheatreTabs />
        <span className="mh-grow" />
        {sites.length > 1 && <NativeSelect size="xs" className="mh-site" aria-label={t('theatre.site')} value={site} onChange={(event) => go({ site: event.currentTarget.value })} data={sites.map(({ ref, name }) => ({ value: ref, label: name }))} />}
        {!scenario && (
          <>
            <UndoButton />
            <Button size="xs" variant="default" leftSection={<IconBolt size={15} aria-hidden="true" />} onClick={() => setOver('emergency')}>{t('theatre.emergency')}</Button>
            <Button size="xs" variant="default" leftSection={<IconWand size={15} aria-hidden="true" />} onClick={() => setOver(over === 'optimise' ? null : 'optimise')} aria-expanded={over === 'optimise'}>{t('theatre.optimise')}</Button>
            <Button size="xs" variant="default" leftSection={<IconSend size={15} aria-hidden="true" />} onClick={() => setOver('publish')}>{t('theatre.publish')}</Button>
          </>
        )}
        <Menu position="bottom-end">
          <Menu.Target><Button size="xs" variant="default" leftSection={<IconPrinter size={15} aria-hidden="true" />}>{t('theatre.print')}</Button></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setPaper('room')}>{t('theatre.printRooms')}</Menu.Item>
            <Menu.Item onClick={() => setPaper('surgeon')}>{t('theatre.printSurgeons')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <Steps view={view} day={day} go={go} side={!scenario && <Button size="xs" variant="default" leftSection={<IconFlask size={15} aria-hidden="true" />} onClick={() => setOver(over === 'scenarios' ? null : 'scenarios')} aria-expanded={over === 'scenarios'}>{t('theatre.scenario.all')}</Button>} />
      <Suspense fallback={null}>
        {over === 'optimise' && !scenario && <Optimiser day={day} site={site} rooms={resources.data?.rooms ?? []} close={() => setOver(null)} keep={enter} />}
        {over === 'scenarios' && !scenario && <Scenarios from={from} to={to} site={site} open={enter} close={() => setOver(null)} />}
        {scenario && <ScenarioBar key={scenario} id={scenario} rooms={resources.data?.rooms ?? []} leave={() => void navigate({ to: '/theatre', search: { view, day, ...(search.site ? { site: search.site } : {}) } as never })} open={(next) => go({ day: next })} />}
      </Suspense>
      <ScenarioContext value={scenario}>
        <Loaded query={board}>{(data) => <Plan board={data} view={view} day={day} days={daysFrom(from, to)} turn={(next) => go({ day: next })} open={(next) => go({ day: next, view: 'day' })} />}</Loaded>
      </ScenarioContext>
      <Suspense fallback={null}>
        {over === 'emergency' && board.data && <Emergency waiting={board.data.unscheduled} rooms={resources.data?.rooms ?? []} close={() => setOver(null)} />}
        {paper && <Programme day={day} site={site} sort={paper} close={() => setPaper(null)} />}
      </Suspense>
      {over === 'publish' && <PublishModal from={from} to={to} site={site} close={() => setOver(null)} />}
    </div>
  );
}

function UndoButton() {
  const { t } = useTranslation();
  const log = useLog();
  const undo = useUndo();
  const last = log.data?.find(({ can }) => can);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'z' || event.shiftKey || (event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName))) return;
      if (!last || undo.isPending || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      undo.mutate(last.id);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  return (
    <>
      <Button size="xs" variant="default" disabled={!last} loading={undo.isPending} title={last ? t('theatre.undoWhat', { what: last.text }) : t('theatre.undoNothing')} leftSection={<IconArrowBackUp size={15} aria-hidden="true" />} onClick={() => last && undo.mutate(last.id)}>{t('theatre.undo')}</Button>
      {undo.isError && <FailureNotice error={undo.error} />}
    </>
  );
}

function Steps({ view, day, go, side }: { view: View; day: string; go: (next: { view?: View; day?: string }) => void; side: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || document.querySelector('[role="dialog"]')) return;
      if (event.key === '[') go({ day: stepped(view, day, -1) });
      else if (event.key === ']') go({ day: stepped(view, day, 1) });
      else if (event.key === '.') go({ day: today() });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  return (
    <div className="mh-plan-steps">
      <div className="mh-seg" role="group" aria-label={t('theatre.view')}>
        {VIEWS.map((one) => <button key={one} type="button" aria-pressed={one === view} onClick={() => go({ view: one })}>{t(`theatre.views.${one}`)}</button>)}
      </div>
      <button type="button" className="mh-step" aria-label={t(`theatre.previous.${view}`)} onClick={() => go({ day: stepped(view, day, -1) })}><IconChevronLeft size={18} aria-hidden="true" /></button>
      <button type="button" className="mh-step mh-step-today" onClick={() => go({ day: today() })}>{t('theatre.today')}</button>
      <button type="button" className="mh-step" aria-label={t(`theatre.next.${view}`)} onClick={() => go({ day: stepped(view, day, 1) })}><IconChevronRight size={18} aria-hidden="true" /></button>
      <input type="date" aria-label={t('theatre.day')} className="mh-step-date" value={day} onChange={(event) => event.currentTarget.value && go({ day: event.currentTarget.value })} />
      {view === 'day' ? <DayTabs day={day} open={(next) => go({ day: next })} /> : <strong className="mh-plan-when">{view === 'week' ? t('theatre.weekOf', { week: isoWeek(day), date: formatDate(mondayOf(day), language) ?? '' }) : formatDate(day.slice(0, 7), language, true)}</strong>}
      {side && <span className="mh-plan-side">{side}</span>}
    </div>
  );
}

interface PlanProps { board: Board; view: View; day: string; days: string[]; turn: (day: string) => void; open: (day: string) => void }

interface Wish { subject: Subject; place: Place; conflicts: Booking['conflicts']; offers: Offer[] }

/** What is on the plan, and the hand over it. */
function Plan({ board, view, day, days, turn, open }: PlanProps) {
  const { t } = useTranslation();
  const [chosenId, setChosen] = useState<string | null>(null);
  const [moving, setMoving] = useState<{ subject: Subject; from: Place } | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [swapping, setSwapping] = useState<Booking | null>(null);
  const [filling, setFilling] = useState(false);
  const placing = usePlacing();
  const inScenario = useScenarioId() !== null;
  const put = (subject: Subject, place: Place) => {
    if (subject.kind === 'booking' && samePlace(place, placeOf(subject.booking))) return;
    placing.mutate(
      { subject, place },
      {
        onSuccess: (booking) => {
          setWish(null);
          if (booking) setChosen(booking.id);
        },
        onError: (error) => {
          const refused = refusalIn(error);
          setWish(refused ? { subject, place, ...refused } : null);
        },
      },
    );
  };
  const drop = (subject: Subject, place: Place) => {
    // A case from the list has no hour yet: the dialog asks for it.
    if (view !== 'day' && subject.kind === 'case') setMoving({ subject, from: place });
    else put(subject, place);
  };
  const { held, hold } = useDrag({ drop, turn: (next) => view === 'day' && turn(next) });
  const check = usePlaceCheck(held?.subject ?? null, held?.place ?? null);
  const chosen = board.bookings.find(({ id }) => id === chosenId) ?? null;
  const move = (booking: Booking) => setMoving({ subject: { kind: 'booking', booking }, from: placeOf(booking) });
  const schedule = (subject: Subject & { kind: 'case' }) => {
    const room = subject.waiting.room ?? board.rooms[0]?.ref ?? '';
    const opens = board.rooms.find(({ ref }) => ref === room)?.days.find((one) => one.day === day)?.open;
    setMoving({ subject, from: { room, start: opens ? Date.parse(opens) : Date.parse(`${day}T07:00:00Z`), minutes: subject.waiting.minutes } });
  };
  const take = (offer: Offer) => {
    if (!wish) return;
    const subject = refreshed(wish.subject, board);
    if (localText(Date.parse(offer.start)).slice(0, 10) !== day && view === 'day') turn(localText(Date.parse(offer.start)).slice(0, 10));
    put(subject, { room: offer.room, start: Date.parse(offer.start), minutes: Math.round((Date.parse(offer.end) - Date.parse(offer.start)) / 60_000) });
  };
  const title = (subject: Subject) => {
    const said = titleOf(subject);
    return [said.patient ?? t('theatre.busy'), said.act, said.side && t(`theatre.side.${said.side}`)].filter(Boolean).join(' · ');
  };
  const failed = placing.error && !refusalIn(placing.error) ? placing.error : null;
  return (
    <div className="mh-theatre-body" data-view={view}>
      <div className="mh-theatre-plan">
        {failed ? <FailureNotice error={failed} /> : null}
        {view === 'day' && <DayPlan board={board} day={day} held={held} verdict={check.verdict} wish={wish?.place ?? null} chosen={chosenId} hold={hold} choose={({ id }) => setChosen(id)} move={move} />}
        {view === 'week' && <WeekPlan board={board} days={days} held={held} chosen={chosenId} hold={hold} choose={({ id }) => setChosen(id)} open={open} />}
        {view === 'month' && <MonthPlan board={board} days={days} open={open} />}
        {board.rooms.length === 0 && <p className="mh-empty">{t('theatre.noRoom')}</p>}
        {held?.place && <VerdictBar state={check.verdict ? (check.verdict.ok ? 'free' : 'taken') : 'asked'} title={title(held.subject)} conflicts={check.verdict?.conflicts ?? []} offers={check.verdict?.offers ?? []} busy />}
        {!held && wish && <VerdictBar state="taken" title={title(wish.subject)} conflicts={wish.conflicts} offers={wish.offers} busy={placing.isPending} take={take} leave={() => setWish(null)} />}
      </div>
      {view !== 'month' && <aside className="mh-theatre-side" aria-label={t('theatre.beside')}>
        {chosen && <CasePanel key={chosen.id} booking={chosen} roomName={board.rooms.find(({ ref }) => ref === chosen.room)?.name ?? ''} close={() => setChosen(null)} move={() => move(chosen)} swap={() => setSwapping(chosen)} />}
        <WaitingPanel cases={board.unscheduled} hold={hold} schedule={(waiting) => schedule({ kind: 'case', waiting })} side={view === 'day' && !inScenario && <Button size="compact-sm" variant="default" onClick={() => setFilling(true)}>{t('theatre.fill')}</Button>} />
      </aside>}
      <Suspense fallback={null}>
        {filling && <Fill board={board} day={day} now={Date.parse(board.now)} close={() => setFilling(false)} />}
        {swapping && <Swap booking={swapping} board={board} close={() => setSwapping(null)} />}
      </Suspense>
      {moving && (
        <MoveModal
          subject={moving.subject}
          rooms={board.rooms}
          from={moving.from}
          close={() => setMoving(null)}
          done={(place) => {
            setMoving(null);
            setWish(null);
            const landed = localText(place.start).slice(0, 10);
            if (view === 'day' && landed !== day) turn(landed);
          }}
        />
      )}
    </div>
  );
}

/** The booking as it is now: a later version of it may have been read since it was held. */
function refreshed(subject: Subject, board: Board): Subject {
  if (subject.kind !== 'booking') return subject;
  const now = board.bookings.find(({ id }) => id === subject.booking.id);
  return now ? { kind: 'booking', booking: now } : subject;
}
