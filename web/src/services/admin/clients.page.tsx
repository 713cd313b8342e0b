import { Button, Modal } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Confirm } from '../../design/Confirm';
import { Lines } from '../../design/Lines';
import { Loaded, Panel } from '../../design/Panel';
import { powersOf, useMe } from '../../fhir/session';
import { useSend } from '../../fhir/verbs';
import { AdminTabs } from './admin-tabs.panel';
import ClientModal from './client.modal';
import { useClients, type Client } from './clients.resource';
import { SecretNotice, type Created } from './secret.panel';

interface Chosen { act: 'change' | 'secret' | 'remove'; client: Client }

/** Applications and programs that may ask for access, and how an identity directory provisions accounts. */
export default function ClientsPage() {
  const { t } = useTranslation();
  const mayChange = powersOf(useMe()).has('admin');
  const clients = useClients();
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const done = () => setChosen(null);
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('admin.title')}</h1>
      </div>
      <AdminTabs />
      <div className="mh-column">
        <p className="mh-lead mh-quiet">{t('admin.clients.explain')}</p>
        <Panel
          title={t('admin.clients.list')}
          count={clients.data?.length}
          flush
          side={mayChange && <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>{t('admin.clients.add')}</Button>}
        >
          <Loaded query={clients}>
            {(rows) => (rows.length ? <ClientTable rows={rows} choose={mayChange ? setChosen : null} /> : <p className="mh-empty">{t('admin.clients.none')}</p>)}
          </Loaded>
        </Panel>
        <ScimPanel />
      </div>
      {adding && <ClientModal close={() => setAdding(false)} />}
      {chosen?.act === 'change' && <ClientModal client={chosen.client} close={done} />}
      {chosen?.act === 'secret' && <SecretConfirm client={chosen.client} close={done} />}
      {chosen?.act === 'remove' && <RemoveConfirm client={chosen.client} close={done} />}
    </div>
  );
}

function ClientTable({ rows, choose }: { rows: Client[]; choose: ((chosen: Chosen) => void) | null }) {
  const { t } = useTranslation();
  return (
    <div className="mh-scroll" tabIndex={0} role="region" aria-label={t('admin.clients.list')}>
      <table className="mh-table">
        <thead>
          <tr>
            <th scope="col">{t('admin.clients.name')}</th>
            <th scope="col">{t('admin.clients.kind')}</th>
            <th scope="col">{t('admin.clients.addresses')}</th>
            <th scope="col">{t('admin.clients.scopes')}</th>
            <th scope="col">{t('admin.clients.created')}</th>
            <th scope="col" className="mh-tight"><span className="mh-sr">{t('form.remove')}</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <span className="mh-strong">{row.name}</span> {row.disabled && <span className="mh-tag mh-tag-stop">{t('admin.state.disabled')}</span>}
                <div className="mh-code mh-quiet">{row.id}</div>
              </td>
              <td>{t(`admin.kind.${row.kind}`)}</td>
              <td className="mh-code">{row.kind === 'backend' ? row.jwksUri || t('admin.clients.ownKeys') : <Lines texts={row.redirectUris} />}</td>
              <td><span className="mh-tags">{row.scopes.map((scope) => <code key={scope} className="mh-tag">{scope}</code>)}</span></td>
              <td>
                <DateText value={row.created} />
                <div className="mh-quiet">{row.by}</div>
              </td>
              <td className="mh-tight">
                {choose && (
                  <div className="mh-actions">
                    <Button size="compact-sm" variant="default" aria-label={t('admin.clients.changeOne', { name: row.name })} onClick={() => choose({ act: 'change', client: row })}>{t('form.change')}</Button>
                    {row.kind === 'confidential' && <Button size="compact-sm" variant="default" aria-label={t('admin.clients.secretOne', { name: row.name })} onClick={() => choose({ act: 'secret', client: row })}>{t('admin.clients.newSecret')}</Button>}
                    <Button size="compact-sm" variant="default" aria-label={t('admin.clients.removeOne', { name: row.name })} onClick={() => choose({ act: 'remove', client: row })}>{t('form.remove')}</Button>
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function RemoveConfirm({ client, close }: { client: Client; close: () => void }) {
  const { t } = useTranslation();
  const send = useSend('oauth-clients');
  return (
    <Confirm
      title={t('admin.clients.remove')}
      action={t('form.remove')}
      danger
      busy={send.isPending}
      error={send.error}
      run={() => send.mutate({ method: 'DELETE', path: `oauth/clients/${encodeURIComponent(client.id)}` }, { onSuccess: close })}
      close={close}
    >
      <p className="mh-strong">{client.name}</p>
      <p className="mh-lead">{t('admin.clients.removeExplain')}</p>
    </Confirm>
  );
}

function SecretConfirm({ client, close }: { client: Client; close: () => void }) {
  const { t } = useTranslation();
  const send = useSend<Created>('oauth-clients');
  if (send.isSuccess) {
    return (
      <Modal opened onClose={close} title={client.name} size={640} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <SecretNotice created={{ id: client.id, ...send.data }} />
        <div className="mh-actions mh-actions-end"><Button onClick={close}>{t('admin.client.done')}</Button></div>
      </Modal>
    );
  }
  return (
    <Confirm
      title={t('admin.clients.newSecret')}
      action={t('admin.clients.newSecret')}
      danger
      busy={send.isPending}
      error={send.error}
      run={() => send.mutate({ method: 'POST', path: `oauth/clients/${encodeURIComponent(client.id)}/secret` })}
      close={close}
    >
      <p className="mh-strong">{client.name}</p>
      <p className="mh-lead">{t('admin.clients.newSecretExplain')}</p>
    </Confirm>
  );
}

function ScimPanel() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <Panel title={t('admin.scim.title')}>
      <p className="mh-lead">{t('admin.scim.explain')}</p>
      <dl className="mh-facts">
        <dt>{t('admin.scim.address')}</dt>
        <dd><code>{`${window.location.origin}/t/${me.tenant}/scim/v2`}</code></dd>
        <dt>{t('admin.scim.token')}</dt>
        <dd>{t('admin.scim.tokenHow')}</dd>
      </dl>
    </Panel>
  );
}
