import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconCalendarCheck, IconCalendarX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { changeLanguage, LANGUAGES, useLanguage } from '../../i18n';
import { invitationToken } from './invitation-token';
import { TimesPanel } from './times.panel';
import { isLapsed, useChange, useOpen, type Opened, type Slot, type Visit } from './visit.resource';
import './booking.css';

const NAMES = { fr: 'Français', en: 'English', de: 'Deutsch' };

/** A patient chooses, moves or cancels one appointment, without an account. */
export default function VisitPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [opened, setOpened] = useState<Opened | null>(null);
  const token = invitationToken() ?? '';
  useEffect(() => {
    document.title = t('booking.title');
  }, [t]);
  return (
    <main className="mh-visit">
      <header>
        <h1>{t('booking.title')}</h1>
        <NativeSelect aria-label={t('booking.language')} value={language} data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))} onChange={(event) => void changeLanguage(event.currentTarget.value as (typeof LANGUAGES)[number])} />
      </header>
      {opened ? <Chosen token={token} first={opened} lapsed={() => setOpened(null)} /> : <Door token={token} open={setOpened} />}
    </main>
  );
}

/** Whoever holds the address says the birth date: an address can fall into other hands. */
function Door({ token, open }: { token: string; open: (opened: Opened) => void }) {
  const { t } = useTranslation();
  const [birthDate, setBirthDate] = useState('');
  const ask = useOpen(token);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (birthDate) ask.mutate(birthDate, { onSuccess: open });
      }}
    >
      <p>{t('booking.who')}</p>
      <TextInput type="date" size="lg" label={t('booking.birthDate')} value={birthDate} onChange={(event) => setBirthDate(event.currentTarget.value)} autoComplete="bday" />
      {ask.isError && <FailureNotice error={ask.error} />}
      <Button type="submit" size="lg" fullWidth disabled={!birthDate} loading={ask.isPending}>{t('booking.go')}</Button>
    </form>
  );
}

function Chosen({ token, first, lapsed }: { token: string; first: Opened; lapsed: () => void }) {
  const { t } = useTranslation();
  const [visit, setVisit] = useState<Visit>(first);
  const [moving, setMoving] = useState(first.appointment === null);
  const [slot, setSlot] = useState<Slot | null>(null);
  const [ending, setEnding] = useState(false);
  const proof = { token, pass: first.pass };
  const change = useChange(proof);
  const run = (wanted: Slot | null) =>
    change.mutate({ slot: wanted, visit }, {
      onSuccess: (now) => {
        setVisit(now);
        setMoving(false);
        setSlot(null);
        setEnding(false);
      },
      onError: (error) => {
        if (isLapsed(error)) lapsed();
        setSlot(null);
      },
    });
  const { appointment } = visit;
  return (
    <>
      <p className="mh-visit-what"><strong>{visit.type}</strong><br />{visit.practitionerName} · {t('booking.minutes', { count: visit.minutes })}</p>
      {change.isError && <FailureNotice error={change.error} />}
      {appointment && <Kept appointment={appointment} />}
      {!appointment && !moving && <p className="mh-visit-done" role="status"><IconCalendarX size={28} aria-hidden="true" />{t('booking.cancelled')}</p>}
      {appointment && !moving && !appointment.can && <p>{t('booking.late')}</p>}
      {!moving && (!appointment || appointment.can) && (
        <div className="mh-visit-acts">
          <Button size="lg" variant="default" onClick={() => setMoving(true)}>{t(appointment ? 'booking.move' : 'booking.again')}</Button>
          {appointment && !ending && <Button size="lg" variant="subtle" onClick={() => setEnding(true)}>{t('booking.cancel')}</Button>}
          {appointment && ending && <Button size="lg" variant="default" className="mh-danger" loading={change.isPending} onClick={() => run(null)}>{t('booking.cancelNow')}</Button>}
        </div>
      )}
      {moving && <TimesPanel proof={proof} from={visit.from} to={visit.to} slot={slot} choose={setSlot} lapsed={lapsed} />}
      {moving && slot && <Confirm slot={slot} busy={change.isPending} run={() => run(slot)} />}
    </>
  );
}

function Kept({ appointment }: { appointment: Slot }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <p className="mh-visit-done" role="status">
      <IconCalendarCheck size={28} aria-hidden="true" />
      <span>{t('booking.yours')}<br /><strong>{formatDate(appointment.start, language, true)}, {formatTime(appointment.start, language)}</strong></span>
    </p>
  );
}

function Confirm({ slot, busy, run }: { slot: Slot; busy: boolean; run: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="mh-visit-confirm">
      <Button size="lg" fullWidth loading={busy} onClick={run}>{t('booking.confirm', { day: formatDate(slot.start, language, true), time: formatTime(slot.start, language) })}</Button>
    </div>
  );
}
