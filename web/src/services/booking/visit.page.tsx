import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCalendarCheck, IconCalendarX, IconLinkOff } from '@tabler/icons-react';
import { Fragment, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { LANGUAGES, useLanguage } from '../../i18n';
import { invitationToken } from './invitation-token';
import { chooseLanguage } from './language';
import { PlacePanel } from './place.panel';
import { TimesPanel } from './times.panel';
import { isLapsed, refusalOf, useChange, useLink, useOpen, type LinkState, type Opened, type Slot, type Visit } from './visit.resource';
import './booking.css';

const NAMES = { fr: 'Français', en: 'English', de: 'Deutsch' };

/** A patient chooses, moves or cancels one appointment, without an account. */
export default function VisitPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [token, setToken] = useState(invitationToken);
  // The whole address, pasted where a cut one was open, loads no page.
  useEffect(() => {
    const follow = () => {
      if (window.location.hash.length <= 1) return;
      setOpened(null);
      setToken(invitationToken());
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    document.title = t('booking.title');
  }, [t]);
  return (
    <main className="mh-visit">
      <header>
        <h1>{t('booking.title')}</h1>
        <NativeSelect aria-label={t('booking.language')} value={language} data={LANGUAGES.map((value) => ({ value, label: NAMES[value] }))} onChange={(event) => void chooseLanguage(event.currentTarget.value as (typeof LANGUAGES)[number])} />
      </header>
      {opened ? <Chosen token={token} first={opened} lapsed={() => setOpened(null)} /> : <Door key={token} token={token} open={setOpened} />}
    </main>
  );
}

/** How the link is; and of one that is good, the birth date. */
function Door({ token, open }: { token: string; open: (opened: Opened) => void }) {
  const link = useLink(token);
  return <Loaded query={link}>{(state) => (state === 'good' ? <BirthDate token={token} open={open} over={() => void link.refetch()} /> : <Over state={state} />)}</Loaded>;
}

function Over({ state }: { state: Exclude<LinkState, 'good'> }) {
  const { t } = useTranslation();
  return (
    <section className="mh-visit-over" role="alert">
      <IconLinkOff size={28} aria-hidden="true" />
      <div>
        <h2>{t(`booking.over.${state}.title`)}</h2>
        <p>{t(`booking.over.${state}.then`)}</p>
      </div>
    </section>
  );
}

/** Whoever holds the address says the birth date: an address can fall into other hands. */
function BirthDate({ token, open, over }: { token: string; open: (opened: Opened) => void; over: () => void }) {
  const { t } = useTranslation();
  const [birthDate, setBirthDate] = useState('');
  const ask = useOpen(token);
  const onError = (error: unknown) => {
    if (isLapsed(error)) over();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (birthDate) ask.mutate(birthDate, { onSuccess: open, onError });
      }}
    >
      <p>{t('booking.who')}</p>
      <TextInput type="date" size="lg" label={t('booking.birthDate')} value={birthDate} onChange={(event) => setBirthDate(event.currentTarget.value)} autoComplete="bday" />
      {ask.isError && <Refused error={ask.error} />}
      <Button type="submit" size="lg" fullWidth disabled={!birthDate} loading={ask.isPending}>{t('booking.go')}</Button>
    </form>
  );
}

function Refused({ error }: { error: unknown }) {
  const said = refusalOf(error);
  if (!said) return <FailureNotice error={error} />;
  return <div className="mh-notice mh-notice-warn" role="alert"><IconAlertTriangle size={18} aria-hidden="true" /><div>{said}</div></div>;
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
      <p className="mh-visit-what"><strong>{visit.type}</strong><br />{visit.practitionerName} · {t('booking.minutes', { count: visit.minutes })}{moving && visit.place && [visit.place.name, visit.place.address.at(-1)].map((line) => line && <Fragment key={line}><br />{line}</Fragment>)}</p>
      {change.isError && <Refused error={change.error} />}
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
      {appointment && !moving && <PlacePanel visit={visit} />}
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
