import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconClock, IconClipboardCheck, IconCloudUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { formatTime } from '../../datatypes/Date/format';
import { mayAny, useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { ActLine } from './act-line.panel';
import type { DayCase, DayMark } from './day.resource';
import { milestoneTap, undoTap } from './milestone.resource';
import { LATE_MINUTES, nextInRecovery, nextMilestone, ROOM_MILESTONES, UNDO_MINUTES, type MilestoneCode, type Projected } from './projection';
import type { TapQueue } from './queue';

/** `turn`: the one of its room that the next tap is likely about. */
interface DayCaseProps { one: DayCase; projected: Projected; queue: TapQueue; turn: boolean; now: number }

/** One case of the day: who, what, which side, when it was planned and when it will be, and the milestones to tap. */
export function DayCaseCard({ one, projected, queue, turn, now }: DayCaseProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { state } = projected;
  return (
    <article className="mh-day-case" data-case={one.id} data-state={state} data-turn={turn || undefined} aria-label={one.number}>
      <Times one={one} projected={projected} />
      <p className="mh-day-who">
        {one.patient ? (
          <Link to={`/surgeries/${one.id}`}>{one.patient.name}</Link>
        ) : (
          <span className="mh-quiet">{one.number}</span>
        )}
        {one.patient && <span className="mh-quiet"><DateText value={one.patient.birthDate} /></span>}
      </p>
      <p className="mh-day-act"><ActLine surgery={one} /></p>
      <p className="mh-quiet mh-day-with">{[one.surgeon?.name, one.anaesthesia && t(`surgery.anaesthesias.${one.anaesthesia}`), t(`surgery.settings.${one.setting}`)].filter(Boolean).join(' · ')}</p>
      {state !== 'gone' && state !== 'done' && (mayAny(me, ['care']) ? <Buttons one={one} queue={queue} now={now} /> : <Marks one={one} />)}
      {mayAny(me, ['care']) && <Recovery one={one} queue={queue} />}
      {(state === 'done' || state === 'gone') && <p className="mh-tag">{t(`day.state.${state}`)}</p>}
    </article>
  );
}

function Times({ one, projected }: { one: DayCase; projected: Projected }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const clock = (ms: number) => formatTime(new Date(ms).toISOString(), language);
  const late = projected.late >= LATE_MINUTES && projected.state !== 'done' && projected.state !== 'gone';
  const moved = Math.abs(projected.late) > 0;
  return (
    <p className="mh-day-times">
      <strong>{t('surgery.fromTo', { from: clock(projected.start), to: clock(projected.end) })}</strong>
      {moved && <s className="mh-quiet">{formatTime(one.start, language)}</s>}
      <span className={late ? 'mh-tag mh-tag-warn' : 'mh-tag'}>
        {late ? <IconAlertTriangle size={13} aria-hidden="true" /> : <IconClock size={13} aria-hidden="true" />}
        {late ? t('day.lateBy', { count: projected.late }) : t(`day.state.${projected.state}`)}
      </span>
      {one.urgency !== 'elective' && <span className="mh-tag mh-tag-warn">{t(`surgery.urgencies.${one.urgency}`)}</span>}
    </p>
  );
}

/** The next milestone is a large button; those told can be taken back one by one, the last first. */
function Buttons({ one, queue, now }: { one: DayCase; queue: TapQueue; now: number }) {
  const { t } = useTranslation();
  const next = nextMilestone(one.milestones);
  const last = ROOM_MILESTONES.toReversed().map((code) => one.milestones.find((mark) => mark.code === code)).find((mark) => mark !== undefined);
  const tap = (code: MilestoneCode) => void queue.add(milestoneTap(one.id, code));
  return (
    <>
      <Marks one={one} />
      <div className="mh-day-buttons">
        {next && <button type="button" className="mh-day-next" onClick={() => tap(next)}>{t(`milestone.act.${next}`)}</button>}
        {next && (
          <select aria-label={t('milestone.other')} value="" onChange={(event) => tap(event.currentTarget.value as MilestoneCode)}>
            <option value="">{t('milestone.otherShort')}</option>
            {ROOM_MILESTONES.filter((code) => code !== next && !one.milestones.some((mark) => mark.code === code)).map((code) => <option key={code} value={code}>{t(`milestone.name.${code}`)}</option>)}
          </select>
        )}
        {last && now - Date.parse(last.time) < UNDO_MINUTES * 60_000 && (
          <button type="button" className="mh-day-undo" onClick={() => void queue.add(undoTap(one.id, last.code))}>
            <IconArrowBackUp size={18} aria-hidden="true" />
            <span className="mh-sr">{t('milestone.undo', { what: t(`milestone.name.${last.code}`) })}</span>
          </button>
        )}
        <Link className="mh-day-check" to={`/surgeries/${one.id}/checklist`} data-stop={Object.values(one.checklist).includes('no-go') || undefined}>
          <IconClipboardCheck size={18} aria-hidden="true" />
          {Object.values(one.checklist).includes('no-go') ? t('checklist.noGo') : t('day.checklist', { done: Object.values(one.checklist).filter((state) => state === 'go').length })}
        </Link>
      </div>
    </>
  );
}

/** The recovery room goes on while the theatre is cleaned. */
function Recovery({ one, queue }: { one: DayCase; queue: TapQueue }) {
  const { t } = useTranslation();
  const next = nextInRecovery(one.milestones);
  if (!next) return null;
  return <button type="button" className="mh-day-recovery" onClick={() => void queue.add(milestoneTap(one.id, next))}>{t(`milestone.act.${next}`)}</button>;
}

function Marks({ one }: { one: DayCase }) {
  if (one.milestones.length === 0) return null;
  return (
    <ol className="mh-day-marks">
      {ROOM_MILESTONES.map((code) => <MarkChip key={code} code={code} mark={one.milestones.find((mark) => mark.code === code)} />)}
    </ol>
  );
}

function MarkChip({ code, mark }: { code: MilestoneCode; mark: DayMark | undefined }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <li data-told={mark ? true : undefined}>
      <span>{t(`milestone.name.${code}`)}</span>
      <strong>
        {mark?.pending && <IconCloudUpload size={12} aria-label={t('taps.one')} />}
        {mark && !mark.pending && <IconCheck size={12} aria-hidden="true" />}
        {mark ? formatTime(mark.time, language) : '–'}
      </strong>
    </li>
  );
}
