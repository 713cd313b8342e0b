import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { isClosed, isOpen, useAlerts, useGlass, useIncidents } from './watch.resource';
import { IncidentLine } from './watch.page';
import './watch.css';

/** The privacy officer's home: clocks that run, alerts and break-glass accesses that wait. */
export default function WatchHome() {
  const { t } = useTranslation();
  const incidents = useIncidents();
  const alerts = useAlerts();
  const glass = useGlass();
  const waiting = alerts.data?.filter(isOpen).length;
  const toReview = glass.data?.filter((one) => one.open).length;
  return (
    <Panel title={t('watch.title')} side={<Link to="/vigilance">{t('common.all')}</Link>}>
      <Loaded query={incidents}>
        {(rows) => {
          const open = rows.filter((one) => !isClosed(one));
          return open.length ? <div className="mh-column">{open.map((one) => <IncidentLine key={one.id} incident={one} />)}</div> : <p>{t('watch.noIncident')}</p>;
        }}
      </Loaded>
      {waiting !== undefined && <p>{t('watch.waiting', { count: waiting })}</p>}
      {toReview !== undefined && <p>{t('watch.toReview', { count: toReview })}</p>}
    </Panel>
  );
}
