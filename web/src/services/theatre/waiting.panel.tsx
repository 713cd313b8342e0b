import { TextInput } from '@mantine/core';
import { IconAlertTriangle, IconClock, IconGripVertical } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../datatypes/Date/format';
import { Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { pressureOf, type Waiting } from './board.resource';
import type { Hold } from './drag';
import { SettingMark, SideTag } from './mark.panel';

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Every word that was typed stands somewhere in the case. */
export const matches = (waiting: Waiting, typed: string): boolean => {
  const text = plain([waiting.patient?.name, waiting.act, waiting.actCode, waiting.number, waiting.surgeon?.name].filter(Boolean).join(' '));
  return plain(typed).split(/\s+/).every((word) => text.includes(word));
};

const FIRST_SHOWN = 40;

interface WaitingProps { cases: Waiting[]; hold: Hold; schedule: (waiting: Waiting) => void; side?: React.ReactNode }

/** Who waits for a place, the most pressing first. Dragged onto the plan, or placed by the keyboard. */
export function WaitingPanel({ cases, hold, schedule, side }: WaitingProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [most, setMost] = useState(FIRST_SHOWN);
  const found = cases.filter((one) => matches(one, typed));
  return (
    <Panel title={t('theatre.waiting')} count={found.length} side={side} flush>
      <div className="mh-wait-find">
        <TextInput size="xs" aria-label={t('theatre.filter')} placeholder={t('theatre.filter')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      </div>
      {found.length === 0 && <p className="mh-empty">{t(cases.length ? 'theatre.noMatch' : 'theatre.noWaiting')}</p>}
      <ul className="mh-wait-list">
        {found.slice(0, most).map((waiting) => <Card key={waiting.case} waiting={waiting} hold={hold} schedule={() => schedule(waiting)} />)}
      </ul>
      {found.length > most && <button type="button" className="mh-wait-more" onClick={() => setMost(most + FIRST_SHOWN)}>{t('common.more')}</button>}
    </Panel>
  );
}

function Card({ waiting, hold, schedule }: { waiting: Waiting; hold: Hold; schedule: () => void }) {
  const { t } = useTranslation();
  const emergency = waiting.urgency === 'immediate' || waiting.urgency === 'urgent';
  return (
    <li className="mh-wait" data-case={waiting.case} data-emergency={emergency || undefined} onPointerDown={(event) => event.pointerType === 'mouse' && hold(event, { kind: 'case', waiting })}>
      <span className="mh-wait-grip" aria-hidden="true" onPointerDown={(event) => hold(event, { kind: 'case', waiting })}><IconGripVertical size={16} /></span>
      <button type="button" className="mh-wait-body" onClick={schedule} aria-label={[t('theatre.schedule'), waiting.patient?.name ?? t('theatre.busy'), waiting.act, waiting.side && t(`theatre.side.${waiting.side}`)].filter(Boolean).join(', ')}>
        <span className="mh-wait-top">
          <strong>{waiting.patient?.name ?? t('theatre.busy')}</strong>
          <span className="mh-quiet mh-nowrap">{t('theatre.minutes', { minutes: waiting.minutes })}</span>
        </span>
        <span className="mh-wait-act">{waiting.act} <SideTag side={waiting.side} small /></span>
        <span className="mh-wait-top">
          <span className="mh-quiet">{waiting.surgeon?.name ?? t('theatre.noSurgeon')}</span>
          <SettingMark setting={waiting.setting} />
        </span>
        <Target waiting={waiting} />
      </button>
    </li>
  );
}

function Target({ waiting: { target, late, urgency } }: { waiting: Waiting }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const pressure = pressureOf(late);
  const Mark = pressure === 'late' ? IconAlertTriangle : IconClock;
  const urgent = urgency === 'immediate' || urgency === 'urgent' || urgency === 'soon' ? t(`theatre.urgency.${urgency}`) : null;
  return (
    <span className="mh-wait-target" data-pressure={pressure}>
      {urgent && <span className="mh-tag mh-tag-stop">{urgent}</span>}
      {target && (
        <span className="mh-inline">
          <Mark size={13} aria-hidden="true" />
          {t('theatre.before', { date: formatDate(target, language) ?? '' })}
          {late !== null && late > 0 && <strong>{t('theatre.late', { count: late })}</strong>}
        </span>
      )}
    </span>
  );
}
