import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf, isElsewhere } from '../../design/faults';
import { Loaded, Panel } from '../../design/Panel';
import { powersOf, useMe } from '../../fhir/session';
import { keepStation, keptStation, type KeptStation } from '../../fhir/station';
import { useSend } from '../../fhir/verbs';
import { AdminTabs } from './admin-tabs.panel';
import { useStations, type Station } from './stations.resource';

/** Shared ward stations: short idle time, quick return by PIN or passkey. */
export default function StationsPage() {
  const { t } = useTranslation();
  const mayChange = powersOf(useMe()).has('admin');
  const stations = useStations();
  const [here, setHere] = useState(keptStation);
  const [removing, setRemoving] = useState<Station | null>(null);
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('admin.title')}</h1>
      </div>
      <AdminTabs />
      <p className="mh-lead mh-quiet">{t('admin.stations.explain')}</p>
      <div className="mh-grid-home">
        <Panel title={t('admin.stations.list')} count={stations.data?.length} flush>
          <Loaded query={stations}>
            {(rows) =>
              rows.length ? (
                <table className="mh-table">
                  <thead>
                    <tr>
                      <th scope="col">{t('admin.stations.name')}</th>
                      <th scope="col">{t('admin.stations.created')}</th>
                      <th scope="col">{t('admin.stations.by')}</th>
                      <th scope="col" className="mh-tight"><span className="mh-sr">{t('form.remove')}</span></th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td className="mh-strong">{row.name} {row.id === here?.id && <span className="mh-tag mh-tag-accent">{t('admin.stations.here')}</span>}</td>
                        <td><DateText value={row.created} time /></td>
                        <td>{row.by}</td>
                        <td className="mh-tight">
                          {mayChange && <Button size="compact-sm" variant="default" aria-label={t('admin.stations.removeOne', { name: row.name })} onClick={() => setRemoving(row)}>{t('form.remove')}</Button>}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              ) : (
                <p className="mh-empty">{t('admin.stations.none')}</p>
              )
            }
          </Loaded>
        </Panel>
        <HerePanel here={here} known={stations.data} mayChange={mayChange} registered={setHere} />
      </div>
      {removing && (
        <RemoveConfirm
          station={removing}
          close={(removed) => {
            if (removed && removing.id === here?.id) {
              keepStation(null);
              setHere(null);
            }
            setRemoving(null);
          }}
        />
      )}
    </div>
  );
}

interface HereProps { here: KeptStation | null; known: Station[] | undefined; mayChange: boolean; registered: (station: KeptStation) => void }

function HerePanel({ here, known, mayChange, registered }: HereProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const send = useSend<{ id?: string; token?: string }>('stations');
  // A station removed from the list is no station any more, whatever this browser keeps.
  const alive = here && known?.some((one) => one.id === here.id) !== false ? here : null;
  if (alive) return <Panel title={t('admin.stations.this')}><p>{t('admin.stations.isStation', { name: alive.name })}</p></Panel>;
  if (!mayChange) return null;
  const register = async () => {
    const answer = await send.mutateAsync({ method: 'POST', path: 'stations', body: { name: name.trim() } });
    if (!answer?.id || !answer.token) return;
    const station = { id: answer.id, name: name.trim(), token: answer.token };
    keepStation(station);
    registered(station);
  };
  return (
    <Panel title={t('admin.stations.this')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) register().catch(() => undefined);
        }}
      >
        <p className="mh-lead">{t('admin.stations.registerExplain')}</p>
        <TextInput label={t('admin.stations.name')} placeholder={t('admin.stations.example')} value={name} error={faultOf(send.error, 'name')} onChange={(event) => setName(event.currentTarget.value)} autoComplete="off" />
        {isElsewhere(send.error, ['name']) && <FailureNotice error={send.error} />}
        <div className="mh-actions mh-actions-end">
          <Button type="submit" disabled={!name.trim()} loading={send.isPending}>{t('admin.stations.register')}</Button>
        </div>
      </form>
    </Panel>
  );
}

function RemoveConfirm({ station, close }: { station: Station; close: (removed: boolean) => void }) {
  const { t } = useTranslation();
  const send = useSend('stations');
  return (
    <Confirm
      title={t('admin.stations.remove')}
      action={t('form.remove')}
      danger
      busy={send.isPending}
      error={send.error}
      run={() => send.mutate({ method: 'DELETE', path: `stations/${encodeURIComponent(station.id)}` }, { onSuccess: () => close(true) })}
      close={() => close(false)}
    >
      <p className="mh-strong">{station.name}</p>
      <p className="mh-lead">{t('admin.stations.removeExplain')}</p>
    </Confirm>
  );
}
