import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../datatypes/Date/clinic';
import { clinicDay, formatDate, formatTime } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { PatientPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { useLanguage } from '../../i18n';
import { useAgendaSend, useFree, type FreeSlot } from './agenda.resource';

const LENGTHS = ['10', '15', '20', '30', '45', '60'];
const EVERY = ['once', 'week', 'month'] as const;
const MOST_TIMES = 12;
const DAYS_AHEAD = 13;
const SHOWN = 40;

/** A consultation: who, how long, and one of the hours that are free. */
export function BookModal({ practitioner, day, close }: { practitioner: Picked; day: string; close: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [patient, setPatient] = useState<Picked | null>(null);
  const [minutes, setMinutes] = useState('20');
  const [from, setFrom] = useState(day);
  const [reason, setReason] = useState('');
  const [every, setEvery] = useState<(typeof EVERY)[number]>('once');
  const [times, setTimes] = useState('4');
  const [slot, setSlot] = useState<FreeSlot | null>(null);
  const free = useFree(`Practitioner/${practitioner.id}`, from, addDays(from, DAYS_AHEAD), Number(minutes));
  const send = useAgendaSend();
  const book = () =>
    patient && slot && send.mutate({ method: 'POST', path: 'appointments', body: { patient: `Patient/${patient.id}`, practitioner: `Practitioner/${practitioner.id}`, start: slot.start, minutes: Number(minutes), ...(reason.trim() ? { reason: reason.trim() } : {}), ...(every === 'once' ? {} : { series: { every, times: Number(times) } }) } }, { onSuccess: close });
  return (
    <Modal opened onClose={close} title={t('agenda.bookTitle', { who: practitioner.label })} size={680} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className="mh-fields">
        <div className="mh-wide"><PatientPicker label={t('theatre.patient')} picked={patient} pick={setPatient} /></div>
        <NativeSelect label={t('theatre.length')} value={minutes} data={LENGTHS} onChange={(event) => { setMinutes(event.currentTarget.value); setSlot(null); }} />
        <TextInput type="date" label={t('agenda.fromDay')} value={from} onChange={(event) => { if (event.currentTarget.value) setFrom(event.currentTarget.value); setSlot(null); }} />
        <NativeSelect label={t('agenda.every')} value={every} data={EVERY.map((value) => ({ value, label: t(`agenda.everies.${value}`) }))} onChange={(event) => setEvery(event.currentTarget.value as (typeof EVERY)[number])} />
        <NativeSelect label={t('agenda.times')} disabled={every === 'once'} value={times} data={Array.from({ length: MOST_TIMES - 1 }, (_, index) => String(index + 2))} onChange={(event) => setTimes(event.currentTarget.value)} />
        <div className="mh-wide"><TextInput label={t('agenda.reason')} maxLength={200} value={reason} onChange={(event) => setReason(event.currentTarget.value)} /></div>
      </div>
      <Loaded query={free}>{(slots) => <Slots slots={slots.slice(0, SHOWN)} slot={slot} choose={setSlot} />}</Loaded>
      {slot && <p role="status">{formatDate(slot.start, language, true)}, <strong>{formatTime(slot.start, language)}</strong></p>}
      {send.isError && <FailureNotice error={send.error} />}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
        <Button disabled={!patient || !slot} loading={send.isPending} onClick={book}>{t('agenda.bookIt')}</Button>
      </div>
    </Modal>
  );
}

function Slots({ slots, slot, choose }: { slots: FreeSlot[]; slot: FreeSlot | null; choose: (slot: FreeSlot) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const days = [...new Set(slots.map(({ start }) => clinicDay(new Date(start))))];
  if (days.length === 0) return <p className="mh-empty">{t('agenda.noFree')}</p>;
  return (
    <div className="mh-agenda-free">
      {days.map((day) => (
        <div key={day} role="group" aria-label={formatDate(day, language, true) ?? day}>
          <strong>{formatDate(day, language, true)}</strong>
          <div className="mh-agenda-slots">
            {slots.filter(({ start }) => clinicDay(new Date(start)) === day).map((one) => (
              <button key={one.start} type="button" aria-pressed={one.start === slot?.start} onClick={() => choose(one)}>{formatTime(one.start, language)}</button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
