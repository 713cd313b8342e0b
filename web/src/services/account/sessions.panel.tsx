import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { endOtherSessions, endSession, useAct, type SessionRow } from './security.resource';

/** Where the person is signed in, and the way to end it from here. */
export function SessionsPanel({ sessions }: { sessions: SessionRow[] }) {
  const { t } = useTranslation();
  const others = useAct(endOtherSessions);
  return (
    <Panel
      title={t('account.sessions')}
      count={sessions.length}
      side={sessions.length > 1 && <Button size="compact-sm" variant="default" loading={others.isPending} onClick={() => others.mutate(undefined)}>{t('account.endOthers')}</Button>}
      flush
    >
      {others.isError && <FailureNotice error={others.error} />}
      <table className="mh-table">
        <thead>
          <tr>
            <th scope="col">{t('account.device')}</th>
            <th scope="col">{t('account.place')}</th>
            <th scope="col" className="mh-tight">{t('account.since')}</th>
            <th scope="col" className="mh-tight">{t('account.used')}</th>
            <th scope="col" className="mh-tight"><span className="mh-sr">{t('account.end')}</span></th>
          </tr>
        </thead>
        <tbody>{sessions.map((row) => <Row key={row.id} row={row} />)}</tbody>
      </table>
    </Panel>
  );
}

function Row({ row }: { row: SessionRow }) {
  const { t } = useTranslation();
  const end = useAct(endSession);
  return (
    <tr>
      <td className="mh-strong">
        {row.device || t('account.deviceUnknown')}
        {end.isError && <FailureNotice error={end.error} />}
      </td>
      <td>{row.address}</td>
      <td className="mh-tight">{row.created && <DateText value={row.created} time />}</td>
      <td className="mh-tight">{row.used && <DateText value={row.used} time />}</td>
      <td className="mh-tight">
        {row.current ? (
          <span className="mh-tag mh-tag-ok">{t('account.current')}</span>
        ) : (
          <Button size="compact-sm" variant="default" loading={end.isPending} aria-label={t('account.endOne', { device: row.device || t('account.deviceUnknown') })} onClick={() => end.mutate(row.id)}>
            {t('account.end')}
          </Button>
        )}
      </td>
    </tr>
  );
}
