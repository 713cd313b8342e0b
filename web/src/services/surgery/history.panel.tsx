import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useHistory } from './case.resource';

/** What happened to the case, newest first. */
export function HistoryPanel({ surgery }: { surgery: string }) {
  const { t } = useTranslation();
  const query = useHistory(surgery);
  return (
    <Panel title={t('surgery.history')} flush>
      <Loaded query={query}>
        {(events) =>
          events.length ? (
            <ul className="mh-list">
              {events.map((event) => (
                <li key={`${event.at}${event.text}`} className="mh-history">
                  <span className="mh-quiet"><DateText value={event.at} time /></span>
                  <span>{event.text}</span>
                  <span className="mh-quiet">{event.by}</span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('surgery.noHistory')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
