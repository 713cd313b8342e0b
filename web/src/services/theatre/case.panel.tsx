import { Button, NativeSelect, Textarea } from '@mantine/core';
import { IconArrowsExchange, IconArrowsMove, IconExternalLink, IconLock, IconLockOpen, IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { idOf, type Booking, type Lock } from './board.resource';
import { refusalIn, useBookingVerb } from './change.resource';
import { isOnlyPlanned, useScenarioId, useScenarioVerb } from './scenario.resource';
import { LockMark, SettingMark, SideTag, StatusMark } from './mark.panel';
import { Conflicts } from './verdict.panel';

interface CaseProps { booking: Booking; roomName: string; close: () => void; move: () => void; swap: () => void }

/** Everything that the plan knows of a case, and what can be done with it. */
export function CasePanel({ booking, roomName, close, move, swap }: CaseProps) {
  const { t } = useTranslation();
  const [cancelling, setCancelling] = useState(false);
  const verb = useBookingVerb(booking);
  const scenario = useScenarioId();
  const set = (lock: Lock) => verb.mutate({ verb: 'lock', lock });
  const fixed = booking.lock === 'locked' || !['scheduled', 'pre_op'].includes(booking.caseStatus);
  const refused = refusalIn(verb.error);
  return (
    <Panel title={booking.number ?? t('theatre.case')} side={<Button size="compact-sm" variant="default" onClick={close}>{t('common.close')}</Button>} flush>
      <div className="mh-case">
        <p className="mh-case-name">{booking.patient?.name ?? t('theatre.busy')}</p>
        <Born booking={booking} />
        <p className="mh-case-act">{booking.act} <SideTag side={booking.side} /></p>
        <p className="mh-row"><StatusMark status={booking.caseStatus} /><LockMark lock={booking.lock} word /><SettingMark setting={booking.setting} word /></p>
        {booking.conflicts.length > 0 && <div className="mh-case-clashes" role="alert"><Conflicts conflicts={booking.conflicts} /></div>}
        <Facts booking={booking} roomName={roomName} />
        <div className="mh-case-links">
          {booking.patient && <Link to={`/patients/${booking.patient.id}`}><IconExternalLink size={14} aria-hidden="true" /> {t('theatre.chart')}</Link>}
          {booking.case && <Link to={`/surgeries/${idOf(booking.case)}`}><IconExternalLink size={14} aria-hidden="true" /> {t('theatre.casePage')}</Link>}
        </div>
        {verb.isError && (refused ? <Conflicts conflicts={refused.conflicts} /> : <FailureNotice error={verb.error} />)}
        {scenario ? <InScenario id={scenario} booking={booking} fixed={fixed} move={move} close={close} /> : (
        <div className="mh-actions">
          <Button size="sm" disabled={fixed} leftSection={<IconArrowsMove size={16} aria-hidden="true" />} onClick={move}>{t('theatre.move')}</Button>
          <Button size="sm" variant="default" disabled={fixed} leftSection={<IconArrowsExchange size={16} aria-hidden="true" />} onClick={swap}>{t('theatre.swap')}</Button>
          {booking.lock === 'draft' && <Button size="sm" variant="default" loading={verb.isPending} leftSection={<IconSend size={16} aria-hidden="true" />} onClick={() => set('published')}>{t('theatre.publishOne')}</Button>}
          {booking.lock === 'locked' ? (
            <Button size="sm" variant="default" loading={verb.isPending} leftSection={<IconLockOpen size={16} aria-hidden="true" />} onClick={() => set('published')}>{t('theatre.unlock')}</Button>
          ) : (
            <Button size="sm" variant="default" loading={verb.isPending} leftSection={<IconLock size={16} aria-hidden="true" />} onClick={() => set('locked')}>{t('theatre.lockIt')}</Button>
          )}
          <Button size="sm" variant="default" className="mh-danger" disabled={fixed} onClick={() => setCancelling(true)}>{t('theatre.remove')}</Button>
        </div>
        )}
      </div>
      {cancelling && <CancelModal booking={booking} close={() => setCancelling(false)} />}
    </Panel>
  );
}

/** What a hand may do to a case while a scenario is shown: nothing of it is booked. */
function InScenario({ id, booking, fixed, move, close }: { id: string; booking: Booking; fixed: boolean; move: () => void; close: () => void }) {
  const { t } = useTranslation();
  const verb = useScenarioVerb(id);
  const out = () => verb.mutate(isOnlyPlanned(booking.id) ? { verb: 'back', key: booking.case ?? '' } : { verb: 'out', booking: booking.id }, { onSuccess: close });
  return (
    <>
      {verb.isError && <FailureNotice error={verb.error} />}
      <div className="mh-actions">
        <Button size="sm" disabled={fixed} leftSection={<IconArrowsMove size={16} aria-hidden="true" />} onClick={move}>{t('theatre.move')}</Button>
        <Button size="sm" variant="default" className="mh-danger" disabled={fixed} loading={verb.isPending} onClick={out}>{t('theatre.scenario.takeOut')}</Button>
      </div>
    </>
  );
}

function Born({ booking: { patient } }: { booking: Booking }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!patient) return null;
  return <p className="mh-quiet">{patient.birthDate ? t('theatre.born', { date: formatDate(patient.birthDate, language) ?? '' }) : t('theatre.bornUnknown')}</p>;
}

function Facts({ booking, roomName }: { booking: Booking; roomName: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const hour = (text: string) => formatTime(text, language) ?? '';
  const team = booking.team.filter(({ ref }) => ref !== booking.surgeon?.ref);
  return (
    <dl className="mh-facts">
      <dt>{t('theatre.room')}</dt>
      <dd>{roomName}</dd>
      <dt>{t('theatre.hours')}</dt>
      <dd>{formatDate(booking.start, language, true)}, {hour(booking.start)} – {hour(booking.end)} ({t('theatre.minutes', { minutes: booking.minutes })})</dd>
      <dt>{t('theatre.cleaning')}</dt>
      <dd>{t('theatre.cleaningUntil', { minutes: booking.cleaning, time: hour(booking.clean) })}</dd>
      <dt>{t('theatre.foreseen')}</dt>
      <dd>{booking.p50 === null || booking.p80 === null ? t('common.notRecorded') : t('theatre.percentiles', { p50: booking.p50, p80: booking.p80, p90: booking.p90 ?? booking.p80 })}</dd>
      <dt>{t('theatre.surgeon')}</dt>
      <dd>{booking.surgeon?.name ?? t('theatre.noSurgeon')}</dd>
      {team.length > 0 && <><dt>{t('theatre.team')}</dt><dd>{team.map((one) => <div key={one.role + one.ref}>{one.name} <span className="mh-quiet">{t(`theatre.role.${one.role}` as 'theatre.role.surgeon')}</span></div>)}</dd></>}
      {booking.devices.length > 0 && <><dt>{t('theatre.devices')}</dt><dd>{booking.devices.map(({ ref, name }) => <div key={ref}>{name}</div>)}</dd></>}
      {booking.target && <><dt>{t('theatre.targetDate')}</dt><dd>{formatDate(booking.target, language)}{(booking.late ?? 0) > 0 && <span className="mh-warn"> {t('theatre.late', { count: booking.late ?? 0 })}</span>}</dd></>}
      {booking.milestones.length > 0 && <><dt>{t('theatre.milestones')}</dt><dd>{booking.milestones.map(({ code, time }) => `${t(`theatre.milestone.${code}` as 'theatre.milestone.in')} ${hour(time)}`).join(' · ')}</dd></>}
    </dl>
  );
}

const REASONS = ['patient', 'medical', 'organisation', 'staff', 'equipment', 'bed', 'other'] as const;

function CancelModal({ booking, close }: { booking: Booking; close: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const verb = useBookingVerb(booking);
  const run = () => verb.mutate({ verb: 'cancel', reason, ...(note.trim() ? { note: note.trim() } : {}) }, { onSuccess: close });
  return (
    <Confirm title={t('theatre.removeTitle')} action={t('theatre.removeIt')} danger blocked={!reason} busy={verb.isPending} error={verb.error} run={run} close={close}>
      <p className="mh-move-who"><strong>{booking.patient?.name ?? t('theatre.busy')}</strong> · {booking.act} <SideTag side={booking.side} small /></p>
      <p className="mh-quiet">{t('theatre.removeHint')}</p>
      <NativeSelect label={t('theatre.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data={[{ value: '', label: '—' }, ...REASONS.map((value) => ({ value, label: t(`theatre.reasons.${value}`) }))]} />
      <Textarea mt={8} label={t('theatre.note')} rows={2} maxLength={300} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
    </Confirm>
  );
}
