import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { mayAny, useMe } from '../../fhir/session';
import { AlertCard } from './alert.panel';
import { useAlertNews, useAlertsOf } from './alerts.resource';
import { CallForm } from './call.form';
import './alerts.css';

/** In the chart: call somebody to this patient, and what became of earlier calls. */
export default function ChartAlerts({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useAlertsOf(patientId);
  const queries = useQueryClient();
  const me = useMe();
  useAlertNews(() => void queries.invalidateQueries({ queryKey: ['alerts'] }), patientId);
  return (
    <div className="mh-page mh-alerts-chart">
      {mayAny(me, ['care']) && <Panel title={t('alerts.new')}><CallForm patient={patientId} /></Panel>}
      <Panel title={t('alerts.ofPatient')} count={query.data?.items.length ?? null}>
        <Loaded query={query}>
          {({ items }) => (items.length ? <ul className="mh-alerts">{items.map((alert) => <AlertCard key={alert.id} alert={alert} whose={false} />)}</ul> : <p className="mh-empty">{t('alerts.none.patient')}</p>)}
        </Loaded>
      </Panel>
    </div>
  );
}
