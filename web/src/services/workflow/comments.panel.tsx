import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import type { Step } from './step.resource';

/** What people said of a step, for those who may read the record. */
export function Comments({ step }: { step: Step }) {
  const { t } = useTranslation();
  if (!step.comments?.length) return null;
  return (
    <ul className="mh-workflow-comments" aria-label={t('workflow.comments')}>
      {step.comments.map(({ author, date, text }) => <li key={date + text}><p className="mh-quiet">{author} · <DateText value={date} time /></p><p>{text}</p></li>)}
    </ul>
  );
}
