import { IconAlertOctagon, IconBellRinging, IconCircleCheck, IconEye, IconInfoCircle, IconAlertTriangle, IconRun, IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Priority, State } from './alerts.resource';

const PRIORITY = {
  high: { Mark: IconAlertOctagon, look: 'mh-tag mh-tag-stop' },
  medium: { Mark: IconAlertTriangle, look: 'mh-tag mh-tag-warn' },
  low: { Mark: IconInfoCircle, look: 'mh-tag' },
} as const;

/** Colour, icon and word together. */
export function PriorityMark({ priority }: { priority: Priority }) {
  const { t } = useTranslation();
  const { Mark, look } = PRIORITY[priority];
  return <span className={`mh-inline mh-alert-priority ${look}`}><Mark size={16} aria-hidden="true" />{t(`alerts.priority.${priority}`)}</span>;
}

const STATE = {
  triggered: { Mark: IconBellRinging, look: 'mh-stop' },
  notified: { Mark: IconBellRinging, look: 'mh-stop' },
  acked: { Mark: IconEye, look: 'mh-warn' },
  responding: { Mark: IconRun, look: 'mh-accent' },
  resolved: { Mark: IconCircleCheck, look: 'mh-ok' },
  withdrawn: { Mark: IconArrowBackUp, look: 'mh-quiet' },
} as const;

export function StateMark({ state }: { state: State }) {
  const { t } = useTranslation();
  const { Mark, look } = STATE[state];
  return <span className={`mh-inline ${look}`}><Mark size={16} aria-hidden="true" />{t(`alerts.state.${state}`)}</span>;
}
