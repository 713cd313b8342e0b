import { Button, TextInput } from '@mantine/core';
import { IconFlame } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel, Skeletons } from '../../design/Panel';
import { Failure } from '../../fhir/http';
import { codeText } from '../../i18n/code';
import { useAccesses, type Access } from './accesses.resource';

/** Who opened this record, when, in which role and why; emergencies first to the eye. */
export function AccessesPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const [span, setSpan] = useState({ from: '', to: '' });
  const [only, setOnly] = useState(false);
  const accesses = useAccesses(patientId, span);
  const rows = (accesses.data?.pages ?? []).flatMap((page) => page.rows).filter((one) => !only || one.glass);
  const reserved = accesses.error instanceof Failure && accesses.error.kind === 'denied';
  if (reserved) return <Panel title={t('section.accesses')}><p>{t('accesses.reserved')}</p></Panel>;
  return (
    <>
      <div className="mh-row mh-filters">
        <TextInput type="date" label={t('audit.from')} value={span.from} onChange={(event) => setSpan({ ...span, from: event.currentTarget.value })} />
        <TextInput type="date" label={t('audit.to')} value={span.to} onChange={(event) => setSpan({ ...span, to: event.currentTarget.value })} />
        <Choices line legend={<span className="mh-sr">{t('accesses.filter')}</span>} choices={[{ value: 'glass', label: t('accesses.onlyGlass') }]} chosen={only ? ['glass'] : []} change={(chosen) => setOnly(chosen.length > 0)} />
      </div>
      <Panel title={t('section.accesses')} count={accesses.data ? rows.length : null} flush>
        {accesses.isPending && <Skeletons />}
        {accesses.isError && <FailureNotice error={accesses.error} retry={() => void accesses.refetch()} />}
        {accesses.isSuccess && (rows.length ? <AccessTable rows={rows} /> : <p className="mh-empty">{t('accesses.none')}</p>)}
        {accesses.hasNextPage && (
          <div className="mh-more">
            <Button variant="default" size="compact-sm" loading={accesses.isFetchingNextPage} onClick={() => void accesses.fetchNextPage()}>{t('common.more')}</Button>
          </div>
        )}
      </Panel>
    </>
  );
}

function AccessTable({ rows }: { rows: Access[] }) {
  const { t } = useTranslation();
  return (
    <div className="mh-scroll" tabIndex={0} role="region" aria-label={t('section.accesses')}>
      <table className="mh-table">
        <thead>
          <tr>
            <th scope="col" className="mh-tight">{t('audit.when')}</th>
            <th scope="col">{t('accesses.who')}</th>
            <th scope="col">{t('accesses.role')}</th>
            <th scope="col">{t('audit.action')}</th>
            <th scope="col">{t('audit.what')}</th>
            <th scope="col">{t('accesses.why')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Two readings may share their instant: the place in the list tells them apart.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={`${row.at}-${index}`} className={row.glass ? 'mh-glass-row' : undefined}>
              <td className="mh-tight"><DateText value={row.at} time /></td>
              <td className="mh-strong">{row.who}</td>
              <td>{codeText('role', row.role)}</td>
              <td><ActionText action={row.action} /></td>
              <td><TypeText type={row.what.split('/')[0] ?? ''} /></td>
              <td>
                {row.glass && (
                  <span className="mh-tag mh-tag-stop">
                    <IconFlame size={13} aria-hidden="true" />
                    {t('accesses.glass')}
                  </span>
                )}{' '}
                {row.reason || (!row.glass && codeText('purpose', row.purpose))}
                {' '}
                {row.denied && <span className="mh-tag mh-tag-warn">{codeText('auditOutcome', '8')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const ACTIONS = ['read', 'search', 'history', 'create', 'update', 'delete', 'sign-in', 'break-glass', 'copy', 'erase', 'operation'] as const;

function ActionText({ action }: { action: string }) {
  const { t } = useTranslation();
  const known = ACTIONS.find((one) => one === action);
  return <>{known ? t(`accesses.action.${known}`) : codeText('auditInteraction', action)}</>;
}

const TYPES = ['Consent', 'Task', 'Communication', 'DocumentReference', 'Composition', 'CareTeam', 'Coverage', 'Claim', 'ServiceRequest', 'RelatedPerson', 'List', 'Flag'] as const;

/** What was opened, in words where there are some. */
function TypeText({ type }: { type: string }) {
  const { t } = useTranslation();
  const known = TYPES.find((one) => one === type);
  return <>{known ? t(`accesses.type.${known}`) : codeText('resourceType', type)}</>;
}
