import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { Confirm } from '../../design/Confirm';
import { useLanguage } from '../../i18n';
import type { Board, Booking } from './board.resource';
import { refusalIn } from './change.resource';
import { mayMove, useSwap } from './fill.resource';
import { SideTag } from './mark.panel';
import { Conflicts } from './verdict.panel';

interface SwapProps { booking: Booking; board: Board; close: () => void }

/** Two cases take each other's room and hour; the server checks both at once. */
export default function SwapModal({ booking, board, close }: SwapProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const others = board.bookings.filter((one) => one.id !== booking.id && one.status === 'booked' && mayMove(one)).sort((a, b) => a.start.localeCompare(b.start));
  const [id, setId] = useState('');
  const swap = useSwap();
  const other = others.find((one) => one.id === id);
  const refused = refusalIn(swap.error);
  const room = (ref: string) => board.rooms.find((one) => one.ref === ref)?.short ?? '';
  const said = (one: Booking) => [formatDate(one.start.slice(0, 10), language), formatTime(one.start, language), room(one.room), one.patient?.name ?? t('theatre.busy'), one.act, one.side && t(`theatre.side.${one.side}`)].filter(Boolean).join(' · ');
  return (
    <Confirm title={t('theatre.swapTitle')} action={t('theatre.swapIt')} blocked={!other} busy={swap.isPending} error={refused ? null : swap.error} run={() => other && swap.mutate([booking, other], { onSuccess: close })} close={close}>
      <p className="mh-move-who"><strong>{booking.patient?.name ?? t('theatre.busy')}</strong> · {booking.act} <SideTag side={booking.side} small /> · {formatTime(booking.start, language)}, {room(booking.room)}</p>
      <NativeSelect label={t('theatre.swapWith')} value={id} onChange={(event) => { swap.reset(); setId(event.currentTarget.value); }} data={[{ value: '', label: '—' }, ...others.map((one) => ({ value: one.id, label: said(one) }))]} />
      {other && <p className="mh-move-who"><strong>{other.patient?.name ?? t('theatre.busy')}</strong> · {other.act} <SideTag side={other.side} small /> · {formatTime(other.start, language)}, {room(other.room)}</p>}
      {refused && <Conflicts conflicts={refused.conflicts} />}
    </Confirm>
  );
}
