import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { endApplication, useAct, useApplications, type Application } from './security.resource';

/** Applications that the person let in, and the way to show them out. */
export function ApplicationsPanel() {
  const { t } = useTranslation();
  const applications = useApplications();
  return (
    <Panel title={t('account.applications')} count={applications.data?.length} flush>
      <Loaded query={applications}>
        {(rows) =>
          rows.length === 0 ? (
            <p className="mh-empty">{t('account.applicationsNone')}</p>
          ) : (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col">{t('account.application')}</th>
                  <th scope="col">{t('account.scopes')}</th>
                  <th scope="col" className="mh-tight">{t('account.allowedOn')}</th>
                  <th scope="col" className="mh-tight"><span className="mh-sr">{t('account.withdraw')}</span></th>
                </tr>
              </thead>
              <tbody>{rows.map((row) => <Row key={row.client} row={row} />)}</tbody>
            </table>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Row({ row }: { row: Application }) {
  const { t } = useTranslation();
  const end = useAct(endApplication);
  return (
    <tr>
      <td className="mh-strong">
        {row.name}
        {end.isError && <FailureNotice error={end.error} />}
      </td>
      <td className="mh-code">{row.scopes.join(' ')}</td>
      <td className="mh-tight">{row.at && <DateText value={row.at} time />}</td>
      <td className="mh-tight">
        <Button size="compact-sm" variant="default" loading={end.isPending} aria-label={t('account.withdrawOne', { name: row.name })} onClick={() => end.mutate(row.client)}>
          {t('account.withdraw')}
        </Button>
      </td>
    </tr>
  );
}
