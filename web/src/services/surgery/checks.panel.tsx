import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useChecks, type CheckState, type Surgery } from './case.resource';

const ICONS: Record<CheckState, typeof IconMinus> = { done: IconCircleCheck, missing: IconAlertTriangle, unknown: IconHelpCircle, 'not-needed': IconMinus };
const TONE: Record<CheckState, string> = { done: 'mh-tag mh-tag-ok', missing: 'mh-tag mh-tag-warn', unknown: 'mh-tag', 'not-needed': 'mh-tag' };

/** What has to be there before the patient comes in; what cannot be known is told as unknown, never as done. */
export function ChecksPanel({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  const query = useChecks(surgery.id);
  return (
    <Panel title={t('surgery.checks')} flush>
      <Loaded query={query}>
        {(checks) => (
          <ul className="mh-list">
            {checks.map(({ code, state, text, at }) => {
              const StateIcon = ICONS[state];
              return (
                <li key={code} className="mh-row">
                  <span className={TONE[state]}><StateIcon size={14} aria-hidden="true" />{t(`surgery.checkState.${state}`)}</span>
                  <span className="mh-grow">{text}</span>
                  {at && <span className="mh-quiet"><DateText value={at} time /></span>}
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}
