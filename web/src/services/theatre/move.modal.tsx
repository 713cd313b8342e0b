import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { atClinic, clockMinutes } from '../../datatypes/Date/clinic';
import { FailureNotice } from '../../design/FailureNotice';
import type { Offer, RoomRow } from './board.resource';
import { fieldsOf, refusalIn, titleOf, usePlaceCheck, usePlacing, type Place, type Subject } from './change.resource';
import { LONGEST, SHORTEST } from './layout';
import { SideTag } from './mark.panel';
import { Conflicts, Offers } from './verdict.panel';

interface MoveProps { subject: Subject; rooms: RoomRow[]; from: Place; close: () => void; done: (place: Place) => void }

/** The same as dragging, by the keyboard: room, day, hour, minutes; the answer comes while one types. */
export function MoveModal({ subject, rooms, from, close, done }: MoveProps) {
  const { t } = useTranslation();
  const [fields, setFields] = useState({ room: from.room, ...fieldsOf(from.start), minutes: String(from.minutes) });
  const minutes = Number(fields.minutes);
  const clock = clockMinutes(fields.time);
  const whole = Number.isInteger(minutes) && minutes >= SHORTEST && minutes <= LONGEST;
  const place: Place | null = /^\d{4}-\d{2}-\d{2}$/.test(fields.day) && clock !== null && whole && fields.room ? { room: fields.room, start: atClinic(fields.day, clock), minutes } : null;
  const check = usePlaceCheck(subject, place);
  const placing = usePlacing();
  const refused = refusalIn(placing.error);
  const { patient, act, side } = titleOf(subject);
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    placing.reset();
    setFields((now) => ({ ...now, [name]: value }));
  };
  const take = (offer: Offer) => {
    placing.reset();
    setFields((now) => ({ ...now, room: offer.room, ...fieldsOf(Date.parse(offer.start)), minutes: String(Math.round((Date.parse(offer.end) - Date.parse(offer.start)) / 60_000)) }));
  };
  const go = () => place && placing.mutate({ subject, place }, { onSuccess: () => done(place) });
  const said = refused ?? (check.verdict && !check.verdict.ok ? check.verdict : null);
  const doubt = placing.error && !refused ? placing.error : check.error;
  return (
    <Modal opened onClose={close} title={t(subject.kind === 'case' ? 'theatre.scheduleTitle' : 'theatre.moveTitle')} size={620} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <p className="mh-move-who"><strong>{patient ?? t('theatre.busy')}</strong> · {act} <SideTag side={side} small /></p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <div className="mh-move-fields">
          <NativeSelect data-autofocus label={t('theatre.room')} value={fields.room} onChange={set('room')} data={rooms.map(({ ref, name }) => ({ value: ref, label: name }))} />
          <TextInput type="date" label={t('theatre.day')} value={fields.day} onChange={set('day')} />
          <TextInput type="time" step={300} label={t('theatre.hour')} value={fields.time} onChange={set('time')} />
          <TextInput type="number" step={5} min={SHORTEST} max={LONGEST} label={t('theatre.length')} value={fields.minutes} onChange={set('minutes')} />
        </div>
        <div className="mh-move-said" role="status" data-testid="move-said" data-state={said ? 'taken' : check.verdict?.ok ? 'free' : 'asked'}>
          {said ? (
            <>
              <Conflicts conflicts={said.conflicts} />
              <Offers offers={said.offers} take={take} busy={placing.isPending} />
            </>
          ) : (
            place && <p className={check.verdict?.ok ? 'mh-ok' : 'mh-quiet'}>{t(check.verdict?.ok ? 'theatre.verdict.free' : 'theatre.verdict.asked')}</p>
          )}
          {doubt ? <FailureNotice error={doubt} /> : null}
        </div>
        <div className="mh-actions mh-actions-end">
          <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
          <Button type="submit" loading={placing.isPending} disabled={!place || said !== null}>{t(subject.kind === 'case' ? 'theatre.scheduleIt' : 'theatre.moveIt')}</Button>
        </div>
      </form>
    </Modal>
  );
}
