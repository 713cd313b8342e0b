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
  // German writes every noun with a capital.
  const small = useLanguage() !== 'de';
  const names = roles.map((role) => t(`code.role.${role as 'surgeon'}`)).map((name) => (small ? name.toLocaleLowerCase() : name));
  return <>{names.join(` ${t('workflow.or')} `)}</>;
}

const SHIPPED = ['insurance_verification', 'medical_clearance', 'anaesthesia_evaluation', 'surgical_consent', 'facility_scheduling', 'final_approval', 'discharge_summary', 'discharge_medications', 'follow_up_appointments', 'discharge_instructions', 'billing_handover'] as const;

/** Steps of the templates that ship have a name in each language; a clinic's own are called as it wrote them. */
export function useTitles(): (step: { step: string; title: string }) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return ({ step, title }) => {
    const known = language === 'fr' ? undefined : SHIPPED.find((one) => one === step);
    return known ? t(`workflow.step.${known}`) : title;
  };
}
