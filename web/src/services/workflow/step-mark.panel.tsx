import { IconAlertOctagon, IconBan, IconCircleCheck, IconCircleDashed, IconClockHour4, IconHandGrab, IconPlayerPause, IconPlayerSkipForward, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import type { Risk, State } from './step.resource';

const MARKS = {
  waiting: { Mark: IconCircleDashed, look: 'mh-quiet' },
  ready: { Mark: IconPlayerPlay, look: 'mh-accent' },
  claimed: { Mark: IconHandGrab, look: 'mh-accent' },
  done: { Mark: IconCircleCheck, look: 'mh-ok' },
  skipped: { Mark: IconPlayerSkipForward, look: 'mh-quiet' },
  held: { Mark: IconPlayerPause, look: 'mh-warn' },
  cancelled: { Mark: IconBan, look: 'mh-quiet' },
} as const;

/** Colour, icon and word together. */
export function StepMark({ state }: { state: State }) {
  const { t } = useTranslation();
  const { Mark, look } = MARKS[state];
  return <span className={`mh-inline ${look}`}><Mark size={16} aria-hidden="true" />{t(`workflow.state.${state}`)}</span>;
}

/** An hour, never « in 20 minutes » alone. */
export function DueMark({ due, risk }: { due?: string; risk: Risk }) {
  const { t } = useTranslation();
  const at = formatDateTime(due ?? '', useLanguage());
  if (!at) return null;
  if (risk === 'overdue') return <span className="mh-inline mh-stop"><IconAlertOctagon size={14} aria-hidden="true" />{t('workflow.overdue', { at })}</span>;
  if (risk === 'at-risk') return <span className="mh-inline mh-warn"><IconClockHour4 size={14} aria-hidden="true" />{t('workflow.soon', { at })}</span>;
  return <span className="mh-quiet">{t('workflow.due', { at })}</span>;
}

/** « Secrétaire ou facturation ». */
export function RolesText({ roles }: { roles: string[] }) {
  const { t } = useTranslation();
  const names = roles.map((role) => t(`code.role.${role as 'surgeon'}`).toLocaleLowerCase());
  return <>{names.join(` ${t('workflow.or')} `)}</>;
}
