import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useParked, useRetryParked, type ParkedRow } from './parked.resource';

export function ParkedPanel() {
  const { t } = useTranslation();
  const query = useParked();
  return (
    <Panel title={t('parked.title')} count={query.data?.length} flush>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ParkedTable rows={rows} />
          ) : (
            <p className="mh-empty mh-inline">
              <IconCircleCheck size={16} aria-hidden="true" />
              {t('parked.none')}
            </p>
          )
        }
      </Loaded>
    </Panel>
  );
}

function ParkedTable({ rows }: { rows: ParkedRow[] }) {
  const { t } = useTranslation();
  const retry = useRetryParked();
  return (
    <>
      {retry.isError && <FailureNotice error={retry.error} />}
      <table className="mh-table">
        <thead>
          <tr>
            <th scope="col">{t('parked.reaction')}</th>
            <th scope="col">{t('parked.since')}</th>
            <th scope="col">{t('parked.reason')}</th>
            <th scope="col" className="mh-tight"><span className="mh-sr">{t('common.retry')}</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.reaction}-${row.vid}`}>
              <td>
                <span className="mh-strong">{row.reaction}</span>
                <div className="mh-code">{row.type}/{row.id}</div>
              </td>
              <td>
                <DateText value={row.at} time />
                <div className="mh-quiet">{t('parked.attempts', { count: row.attempts })}</div>
              </td>
              <td>{row.reason}</td>
              <td className="mh-tight">
                <Button size="compact-sm" variant="default" loading={retry.isPending && retry.variables === row} onClick={() => retry.mutate(row)}>
                  {t('common.retry')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
