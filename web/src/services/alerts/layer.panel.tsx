import { IconAlertOctagon, IconBellRinging } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { mayAny, useMe } from '../../fhir/session';
import { useAlertNews, useCount } from './alerts.resource';
import './alerts.css';

/** Over every page while somebody calls: how many, never whom, since others look at the same screen. */
export default function AlertsLayer() {
  const { t } = useTranslation();
  const on = mayAny(useMe(), ['care', 'admin']);
  const { data } = useCount(on);
  const queries = useQueryClient();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useAlertNews(() => void queries.invalidateQueries({ queryKey: ['alerts', 'count'] }));
  const shown = on && data !== undefined && data.waiting > 0 && path !== '/alerts';
  const high = (data?.high ?? 0) > 0;
  return (
    // Always there, so that what appears in it is read out; no role of an alert, since mostly there is none.
    <div className="mh-alerts-layer" aria-live="assertive">
      {shown && (
        <Link to="/alerts" className="mh-alerts-call" data-priority={high ? 'high' : 'medium'}>
          {high ? <IconAlertOctagon size={20} aria-hidden="true" /> : <IconBellRinging size={20} aria-hidden="true" />}
          <strong>{t('alerts.calls', { count: data.waiting })}</strong>
          <span>{t('alerts.open')}</span>
        </Link>
      )}
    </div>
  );
}
