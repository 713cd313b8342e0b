import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../design/Panel';
import { SegmentedControl } from '../../design/Segments';
import { AlertCard } from './alert.panel';
import { type Scope, useAlertNews, useAlerts } from './alerts.resource';
import './alerts.css';

/** Calls that wait, the most pressing first. Made for a telephone held in one hand. */
export default function AlertsPage() {
  const { t } = useTranslation();
  const [scope, setScope] = useState<Scope>('mine');
  const query = useAlerts(scope);
  const queries = useQueryClient();
  useAlertNews(() => void queries.invalidateQueries({ queryKey: ['alerts'] }));
  return (
    <div className="mh-page mh-alerts-page">
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('alerts.title')}</h1>
        <SegmentedControl label={t('alerts.whose')} value={scope} change={setScope} choices={(['mine', 'open'] as const).map((value) => ({ value, label: t(`alerts.scope.${value}`) }))} />
      </div>
      <Loaded query={query}>
        {({ items, more }) => (
          <>
            {items.length ? <ul className="mh-alerts">{items.map((alert) => <AlertCard key={alert.id} alert={alert} whose />)}</ul> : <p className="mh-empty">{t(`alerts.none.${scope}`)}</p>}
            {more && <p className="mh-quiet">{t('alerts.more')}</p>}
          </>
        )}
      </Loaded>
      <p className="mh-quiet mh-alerts-hint">{t('alerts.hint')}</p>
    </div>
  );
}
