import { IconCheck, IconPlayerPause, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CASE_STEPS, type CaseStatus } from './case.resource';

/** Where the case stands, as a line of steps; stopped ones say so. */
export function Steps({ status }: { status: CaseStatus }) {
  const { t } = useTranslation();
  if (status === 'cancelled' || status === 'postponed') {
    const StopIcon = status === 'cancelled' ? IconX : IconPlayerPause;
    return <p className="mh-op-steps-stopped"><span className="mh-tag mh-tag-warn"><StopIcon size={14} aria-hidden="true" />{t(`surgery.status.${status}`)}</span></p>;
  }
  const at = CASE_STEPS.indexOf(status);
  return (
    <ol className="mh-op-steps" aria-label={t('surgery.steps')}>
      {CASE_STEPS.map((step, index) => (
        <li key={step} data-state={index < at ? 'past' : index === at ? 'now' : 'next'} aria-current={index === at ? 'step' : undefined}>
          <span className="mh-step-mark">{index < at ? <IconCheck size={13} aria-hidden="true" /> : index + 1}</span>
          {t(`surgery.status.${step}`)}
        </li>
      ))}
    </ol>
  );
}
