import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Confirm } from '../../design/Confirm';
import { Loaded, Panel } from '../../design/Panel';
import { useSend } from '../../fhir/verbs';
import { useAccountSessions, type Account } from './accounts.resource';

/** Where a person is signed in; closing is at once. */
export function SessionsPanel({ account, mayChange }: { account: Account; mayChange: boolean }) {
  const { t } = useTranslation();
  const sessions = useAccountSessions(account.id);
  const [closing, setClosing] = useState(false);
  const send = useSend('account-sessions');
  const close = () => send.mutate({ method: 'DELETE', path: `accounts/${encodeURIComponent(account.id)}/sessions` }, { onSuccess: () => setClosing(false) });
  return (
    <Panel
      title={t('admin.sessions.title')}
      count={sessions.data?.length}
      flush
      side={mayChange && sessions.data?.length ? <Button size="compact-sm" variant="default" onClick={() => setClosing(true)}>{t('admin.sessions.closeAll')}</Button> : null}
    >
      <Loaded query={sessions}>
        {(rows) =>
          rows.length ? (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col">{t('admin.sessions.device')}</th>
                  <th scope="col">{t('admin.sessions.opened')}</th>
                  <th scope="col">{t('admin.sessions.used')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <td>
                      {row.client ? t('admin.sessions.app', { name: row.client }) : row.device || t('admin.sessions.unknown')}
                      <div className="mh-quiet">{row.address}</div>
                    </td>
                    <td><DateText value={row.created} time /></td>
                    <td><DateText value={row.used} time /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <p className="mh-empty">{t('admin.sessions.none')}</p>
          )
        }
      </Loaded>
      {closing && (
        <Confirm title={t('admin.sessions.closeAll')} action={t('admin.sessions.closeAll')} danger busy={send.isPending} error={send.error} run={close} close={() => setClosing(false)}>
          <p className="mh-strong">{account.name}</p>
          <p className="mh-lead">{t('admin.sessions.closeExplain')}</p>
        </Confirm>
      )}
    </Panel>
  );
}
