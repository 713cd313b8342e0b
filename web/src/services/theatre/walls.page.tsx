import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { QrCode } from '../../design/QrCode';
import { getRows, useSend } from '../../fhir/verbs';
import { sitesOf, useResources } from './board.resource';
import { wallAddress } from './wall-token';
import './wall.css';

interface Screen { id: string; name: string; facility: string | null; created: string }
interface Made extends Screen { token: string }

const NAME_MAX = 60;

/** The screens of the corridors: each has an address of its own that shows initials only, told once, taken back here. */
export default function WallsPage() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['walls'], queryFn: ({ signal }) => getRows<Screen>('theatre/walls', 'walls', signal) });
  const [made, setMade] = useState<Made | null>(null);
  const [removing, setRemoving] = useState<Screen | null>(null);
  const sites = sitesOf(useResources().data);
  const send = useSend('walls');
  const end = (wall: Screen) => send.mutate({ method: 'DELETE', path: `theatre/walls/${wall.id}` }, { onSuccess: () => setRemoving(null) });
  return (
    <div className="mh-page">
      <h1 className="mh-title">{t('theatre.walls.title')}</h1>
      <p className="mh-lead">{t('theatre.walls.explain')}</p>
      <div className="mh-grid-home">
        <Panel title={t('theatre.walls.list')} count={query.data?.length} flush>
          <Loaded query={query}>
            {(rows) =>
              rows.length ? (
                <table className="mh-table">
                  <thead><tr><th scope="col">{t('theatre.walls.name')}</th><th scope="col">{t('theatre.site')}</th><th scope="col">{t('common.date')}</th><th scope="col" className="mh-tight"><span className="mh-sr">{t('form.remove')}</span></th></tr></thead>
                  <tbody>
                    {rows.map((row) => (
                      <tr key={row.id}>
                        <td className="mh-strong">{row.name}</td>
                        <td>{sites.find(({ ref }) => ref === row.facility)?.name ?? t('theatre.walls.all')}</td>
                        <td><DateText value={row.created} time /></td>
                        <td className="mh-tight"><Button size="compact-sm" variant="default" aria-label={`${t('form.remove')} ${row.name}`} onClick={() => setRemoving(row)}>{t('form.remove')}</Button></td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              ) : (
                <p className="mh-empty">{t('theatre.walls.none')}</p>
              )
            }
          </Loaded>
        </Panel>
        {made ? <Told made={made} close={() => setMade(null)} /> : <Make sites={sites} done={setMade} />}
      </div>
      {removing && (
        <Confirm title={t('theatre.walls.remove')} action={t('form.remove')} danger busy={send.isPending} error={send.error} run={() => end(removing)} close={() => setRemoving(null)}>
          <p className="mh-lead">{t('theatre.walls.removeExplain', { name: removing.name })}</p>
        </Confirm>
      )}
    </div>
  );
}

function Make({ sites, done }: { sites: { ref: string; name: string }[]; done: (made: Made) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [site, setSite] = useState('');
  const send = useSend<Made>('walls');
  return (
    <Panel title={t('theatre.walls.new')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) send.mutate({ method: 'POST', path: 'theatre/walls', body: { name: name.trim(), ...(site ? { facility: site } : {}) } }, { onSuccess: (made) => made && done(made) });
        }}
      >
        <TextInput label={t('theatre.walls.name')} placeholder={t('theatre.walls.example')} maxLength={NAME_MAX} value={name} autoComplete="off" onChange={(event) => setName(event.currentTarget.value)} />
        <NativeSelect mt={8} label={t('theatre.site')} value={site} onChange={(event) => setSite(event.currentTarget.value)} data={[{ value: '', label: t('theatre.walls.all') }, ...sites.map(({ ref, name: label }) => ({ value: ref, label }))]} />
        {send.isError && <FailureNotice error={send.error} />}
        <div className="mh-actions mh-actions-end"><Button type="submit" disabled={!name.trim()} loading={send.isPending}>{t('theatre.walls.make')}</Button></div>
      </form>
    </Panel>
  );
}

function Told({ made, close }: { made: Made; close: () => void }) {
  const { t } = useTranslation();
  const address = wallAddress(made.token);
  return (
    <Panel title={made.name}>
      <p className="mh-lead">{t('theatre.walls.once')}</p>
      <TextInput readOnly label={t('theatre.walls.address')} value={address} onFocus={(event) => event.currentTarget.select()} />
      <QrCode text={address} label={t('theatre.walls.qr')} />
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={() => void navigator.clipboard.writeText(address).catch(() => undefined)}>{t('theatre.walls.copy')}</Button>
        <Button onClick={close}>{t('theatre.walls.noted')}</Button>
      </div>
    </Panel>
  );
}
