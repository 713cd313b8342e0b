import { Button, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Confirm } from '../../design/Confirm';
import { faultOf } from '../../design/faults';
import { Loaded, Panel } from '../../design/Panel';
import { powersOf, useMe } from '../../fhir/session';
import { useSend } from '../../fhir/verbs';
import { Clock } from './clock.panel';
import { GlassPanel } from './glass.panel';
import { instant, isOpen, useAlerts, useIncidents, type Alert, type Incident } from './watch.resource';
import { IncidentState, KindText } from './words.panel';
import './watch.css';

/** What looks like a breach, what became of it, and what is left of the 72 hours. */
export default function WatchPage() {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('watch.title')}</h1>
      </div>
      <div className="mh-column">
        <p className="mh-lead mh-quiet">{t('watch.explain')}</p>
        <IncidentsPanel />
        <AlertsPanel />
        <GlassPanel />
      </div>
    </div>
  );
}

function IncidentsPanel() {
  const { t } = useTranslation();
  const incidents = useIncidents();
  return (
    <Panel title={t('watch.incidents')} count={incidents.data?.length} flush>
      <Loaded query={incidents}>
        {(rows) =>
          rows.length ? <ul className="mh-list">{rows.map((row) => <li key={row.id}><IncidentLine incident={row} /></li>)}</ul> : <p className="mh-empty">{t('watch.noIncident')}</p>
        }
      </Loaded>
    </Panel>
  );
}

export function IncidentLine({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  return (
    <div className="mh-incident">
      <Link to={`/vigilance/incidents/${incident.id}`} className="mh-strong mh-grow"><KindText kind={incident.kind} /></Link>
      <span className="mh-quiet">{t('watch.opened')} <DateText value={incident.opened} time /></span>
      <IncidentState state={incident.state} />
      <Clock incident={incident} />
    </div>
  );
}

function AlertsPanel() {
  const { t } = useTranslation();
  const alerts = useAlerts();
  const [raising, setRaising] = useState<Alert | null>(null);
  const [closing, setClosing] = useState<Alert | null>(null);
  const mayRaise = powersOf(useMe()).has('audit');
  return (
    <Panel title={t('watch.alerts')} count={alerts.data?.length} flush>
      <Loaded query={alerts}>
        {(rows) =>
          rows.length ? (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col" className="mh-tight">{t('watch.when')}</th>
                  <th scope="col">{t('watch.what')}</th>
                  <th scope="col">{t('watch.account')}</th>
                  <th scope="col" className="mh-num">{t('watch.count')}</th>
                  <th scope="col" className="mh-tight">{t('watch.next')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td className="mh-tight"><DateText value={row.at} time /></td>
                    <td>
                      <span className="mh-inline mh-strong"><IconAlertTriangle size={14} className="mh-warn" aria-hidden="true" /><KindText kind={row.kind} /></span>
                      {row.sentence && <div className="mh-quiet">{row.sentence}</div>}
                    </td>
                    <td>{row.account}</td>
                    <td className="mh-num">{row.count}</td>
                    <td className="mh-tight">
                      {!isOpen(row) && !row.incident && <span className="mh-tag">{t('watch.dismissed')}</span>}
                      {row.incident ? (
                        <Link to={`/vigilance/incidents/${row.incident}`}>{t('watch.seeIncident')}</Link>
                      ) : (
                        mayRaise && isOpen(row) && (
                          <span className="mh-actions mh-one-line">
                            <Button size="compact-sm" variant="default" onClick={() => setRaising(row)}>{t('watch.raise')}</Button>
                            <Button size="compact-sm" variant="default" onClick={() => setClosing(row)}>{t('watch.dismiss')}</Button>
                          </span>
                        )
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <p className="mh-empty">{t('watch.noAlert')}</p>
          )
        }
      </Loaded>
      {raising && <RaiseConfirm alert={raising} close={() => setRaising(null)} />}
      {closing && <DismissModal alert={closing} close={() => setClosing(null)} />}
    </Panel>
  );
}

function RaiseConfirm({ alert, close }: { alert: Alert; close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [aware, setAware] = useState('');
  const send = useSend<{ id?: string }>('watch-alerts', 'watch-incidents');
  const run = () =>
    send.mutate(
      { method: 'POST', path: `watch/alerts/${encodeURIComponent(alert.id)}/incident`, body: aware ? { aware_at: instant(aware) } : {} },
      { onSuccess: (made) => (made?.id ? void navigate({ to: `/vigilance/incidents/${made.id}` }) : close()) },
    );
  return (
    <Confirm title={t('watch.raise')} action={t('watch.raise')} busy={send.isPending} error={send.error} run={run} close={close}>
      <p className="mh-strong"><KindText kind={alert.kind} /> · {alert.account}</p>
      <p className="mh-lead">{t('watch.raiseExplain')}</p>
      <TextInput type="datetime-local" label={t('watch.awareAt')} description={t('watch.awareHint')} value={aware} error={faultOf(send.error, 'aware_at')} onChange={(event) => setAware(event.currentTarget.value)} />
    </Confirm>
  );
}

/** An alert that is no breach is closed with the reason, and stays in the list. */
function DismissModal({ alert, close }: { alert: Alert; close: () => void }) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const send = useSend('watch-alerts');
  return (
    <Confirm
      title={t('watch.dismissTitle')}
      action={t('watch.dismiss')}
      blocked={!note.trim()}
      busy={send.isPending}
      error={send.error}
      run={() => send.mutate({ method: 'POST', path: `watch/alerts/${encodeURIComponent(alert.id)}/close`, body: { note: note.trim() } }, { onSuccess: close })}
      close={close}
    >
      <p className="mh-strong"><KindText kind={alert.kind} /> · {alert.account}</p>
      <Textarea label={t('watch.dismissWhy')} rows={3} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
    </Confirm>
  );
}
