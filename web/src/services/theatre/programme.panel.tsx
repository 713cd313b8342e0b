import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime, formatTime } from '../../datatypes/Date/format';
import { Loaded } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import type { Paper } from './board.page';
import { idOf, useBoard, type Board, type Booking } from './board.resource';
import { shownOn, useSheet, type Allergies, type Sheet } from './programme.resource';
import './programme.css';

interface ProgrammeProps { day: string; site: string; sort: Paper; close: () => void }

/** The programme of a day on A4, as it will be printed: by room, or by surgeon. */
export default function Programme({ day, site, sort, close }: ProgrammeProps) {
  const { t } = useTranslation();
  const board = useBoard(day, day, site);
  const sheet = useSheet(board.data);
  useEffect(() => {
    document.documentElement.dataset.paper = '';
    const press = (event: KeyboardEvent) => event.key === 'Escape' && close();
    document.addEventListener('keydown', press);
    return () => {
      delete document.documentElement.dataset.paper;
      document.removeEventListener('keydown', press);
    };
  }, [close]);
  const ready = board.data !== undefined && sheet.data !== undefined;
  return createPortal(
    <div className="mh-paper mh-programme" role="dialog" aria-modal="true" aria-label={t(`theatre.programme.${sort}`)} data-testid="programme">
      <div className="mh-programme-bar">
        <Button autoFocus disabled={!ready} leftSection={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>{t('theatre.print')}</Button>
        <Button variant="default" onClick={close}>{t('common.close')}</Button>
      </div>
      <Loaded query={board}>{(data) => <Loaded query={sheet}>{(known) => <Pages board={data} sheet={known} day={day} sort={sort} />}</Loaded>}</Loaded>
    </div>,
    document.body,
  );
}

interface Group { key: string; title: string; bookings: Booking[] }

export function groupsOf(board: Board, sort: Paper, without: string): Group[] {
  const bookings = shownOn(board);
  if (sort === 'room') return board.rooms.map(({ ref, name }) => ({ key: ref, title: name, bookings: bookings.filter(({ room }) => room === ref) })).filter((one) => one.bookings.length);
  const groups = new Map<string, Group>();
  for (const booking of bookings) {
    const { ref, name } = booking.surgeon ?? { ref: '', name: without };
    const group = groups.get(ref) ?? { key: ref, title: name, bookings: [] };
    group.bookings.push(booking);
    groups.set(ref, group);
  }
  return [...groups.values()].sort((a, b) => a.title.localeCompare(b.title));
}

function Pages({ board, sheet, day, sort }: { board: Board; sheet: Sheet; day: string; sort: Paper }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe();
  const groups = groupsOf(board, sort, t('theatre.noSurgeon'));
  if (groups.length === 0) return <p className="mh-empty">{t('theatre.nothingThatDay')}</p>;
  return groups.map((group) => (
    <table key={group.key} className="mh-programme-sheet">
      <caption className="mh-sr">{group.title}</caption>
      <thead>
        <tr>
          <td colSpan={6} className="mh-programme-head">
            <strong>{t(`theatre.programme.${sort}`)} · {group.title} · {formatDate(day, language, true)}</strong>
            <span>{me.tenantTitle} · {t('theatre.printedBy', { who: me.name, at: formatDateTime(board.now, language) ?? '' })} · {t('theatre.secret')}</span>
          </td>
        </tr>
        <tr>
          <th scope="col">{t(sort === 'room' ? 'theatre.hour' : 'theatre.hourRoom')}</th>
          <th scope="col">{t('theatre.patient')}</th>
          <th scope="col">{t('theatre.actSide')}</th>
          <th scope="col">{t('theatre.means')}</th>
          <th scope="col">{t('theatre.team')}</th>
          <th scope="col">{t('theatre.alerts')}</th>
        </tr>
      </thead>
      <tbody>
        {group.bookings.map((booking) => <Line key={booking.id} booking={booking} sheet={sheet} room={sort === 'surgeon' ? (board.rooms.find(({ ref }) => ref === booking.room)?.name ?? '') : null} />)}
      </tbody>
    </table>
  ));
}

function Fact({ name, value }: { name: string; value: string | null | undefined }) {
  const { t } = useTranslation();
  return <div>{name} : {value || <em>{t('common.notRecorded')}</em>}</div>;
}

function Line({ booking, sheet, room }: { booking: Booking; sheet: Sheet; room: string | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const facts = booking.case ? sheet.facts.get(idOf(booking.case)) : undefined;
  const { patient } = booking;
  return (
    <tr>
      <td>
        <strong>{formatTime(booking.start, language)}</strong> – {formatTime(booking.end, language)}
        <div>{t('theatre.minutes', { minutes: booking.minutes })}</div>
        {room && <div><strong>{room}</strong></div>}
      </td>
      <td>
        <strong>{patient?.name ?? t('theatre.busy')}</strong>
        <div>{patient?.birthDate ? t('theatre.born', { date: formatDate(patient.birthDate, language) ?? '' }) : t('theatre.bornUnknown')}</div>
        <div>{booking.number}</div>
        {booking.setting && <div><strong>{t(`theatre.setting.${booking.setting}`)}</strong></div>}
      </td>
      <td>
        <strong>{booking.act}</strong>
        {booking.side && <div className="mh-programme-side">{t(`theatre.side.${booking.side}`)}</div>}
        <Fact name={t('theatre.diagnosis')} value={facts?.diagnosis} />
      </td>
      <td>
        <Fact name={t('theatre.position')} value={facts?.position} />
        <Fact name={t('theatre.anaesthesia')} value={facts?.anaesthesia} />
        <Fact name={t('theatre.implants')} value={facts?.implants.join(', ')} />
        {booking.devices.length > 0 && <div>{booking.devices.map(({ name }) => name).join(', ')}</div>}
      </td>
      <td>
        {booking.surgeon && <div><strong>{booking.surgeon.name}</strong></div>}
        {booking.team.filter(({ ref }) => ref !== booking.surgeon?.ref).map((one) => <div key={one.role + one.ref}>{one.name} ({t(`theatre.role.${one.role}` as 'theatre.role.surgeon')})</div>)}
      </td>
      <td>
        <AllergyText allergies={patient ? sheet.allergies.get(patient.id) : undefined} />
        {facts?.isolation && <div><strong>{t('theatre.isolation', { what: facts.isolation })}</strong></div>}
        {facts?.blood && <div>{t('theatre.blood', { what: facts.blood })}</div>}
      </td>
    </tr>
  );
}

function AllergyText({ allergies }: { allergies: Allergies | undefined }) {
  const { t } = useTranslation();
  if (allergies?.state === 'known') return <div><strong>{t('theatre.allergies.known', { names: allergies.names.join(', ') })}</strong></div>;
  return <div>{t(`theatre.allergies.${allergies?.state ?? 'hidden'}`)}</div>;
}
