import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCertificate } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Choices } from '../../design/Choices';
import { Loaded } from '../../design/Panel';
import { API } from '../../fhir/verbs';
import { codeText } from '../../i18n/code';
import { AuditTabs } from './audit-tabs.panel';
import { NO_FILTER, useAudit, type AuditFilter, type AuditRow } from './audit.resource';
import './audit.css';

const ACTIONS = ['C', 'R', 'U', 'D', 'E'];
const OUTCOMES = ['0', '4', '8'];

/** Who did what, when, on whose record. */
export default function AuditPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(NO_FILTER);
  const [settled] = useDebouncedValue(filter, 250);
  const query = useAudit(settled);
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <div className="mh-page mh-fill">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('audit.title')}</h1>
      </div>
      <AuditTabs />
      <Filters filter={filter} change={setFilter} />
      {query.isPlaceholderData && <p className="mh-quiet" role="status">{t('accesses.searching')}</p>}
      <div className={query.isPlaceholderData ? 'mh-panel mh-scroll mh-fill-box mh-stale' : 'mh-panel mh-scroll mh-fill-box'} aria-busy={query.isPlaceholderData} tabIndex={0} role="region" aria-label={t('audit.title')}>
        <Loaded query={query}>
          {() => (rows.length ? <AuditTable rows={rows} /> : <p className="mh-empty">{t('audit.none')}</p>)}
        </Loaded>
        {query.hasNextPage && (
          <div className="mh-more">
            <Button variant="default" size="compact-sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function Filters({ filter, change }: { filter: AuditFilter; change: (filter: AuditFilter) => void }) {
  const { t } = useTranslation();
  const set = (part: Partial<AuditFilter>) => change({ ...filter, ...part });
  const choice = (codes: string[], set: 'auditAction' | 'auditOutcome') => [
    { value: '', label: t('audit.any') },
    ...codes.map((code) => ({ value: code, label: codeText(set, code) })),
  ];
  return (
    <div className="mh-filterbar" role="group" aria-label={t('audit.filters')}>
      <TextInput label={t('audit.agent')} value={filter.agent} onChange={(e) => set({ agent: e.currentTarget.value })} autoComplete="off" spellCheck={false} />
      <TextInput label={t('audit.patient')} value={filter.patient} onChange={(e) => set({ patient: e.currentTarget.value })} autoComplete="off" spellCheck={false} />
      <NativeSelect label={t('audit.action')} data={choice(ACTIONS, 'auditAction')} value={filter.action} onChange={(e) => set({ action: e.currentTarget.value })} />
      <NativeSelect label={t('audit.outcome')} data={choice(OUTCOMES, 'auditOutcome')} value={filter.outcome} onChange={(e) => set({ outcome: e.currentTarget.value })} />
      <TextInput type="date" label={t('audit.from')} value={filter.from} onChange={(e) => set({ from: e.currentTarget.value })} />
      <TextInput type="date" label={t('audit.to')} value={filter.to} onChange={(e) => set({ to: e.currentTarget.value })} />
      <Choices line legend={<span className="mh-sr">{t('accesses.filter')}</span>} choices={[{ value: 'glass', label: t('accesses.onlyGlass') }]} chosen={filter.glass ? ['glass'] : []} change={(chosen) => set({ glass: chosen.length > 0 })} />
      <Button variant="default" onClick={() => change(NO_FILTER)}>
        {t('audit.clear')}
      </Button>
    </div>
  );
}

const SHOWN = 1;

/** A search may touch many records: the first is named, the others counted. */
function Records({ ids }: { ids: string[] }) {
  const { t } = useTranslation();
  const more = ids.length - SHOWN;
  return (
    <>
      {ids.slice(0, SHOWN).join(', ')}
      {more > 0 && ` ${t('audit.others', { count: more })}`}
    </>
  );
}

function AuditTable({ rows }: { rows: AuditRow[] }) {
  const { t } = useTranslation();
  return (
    <table className="mh-table mh-sticky">
      <thead>
        <tr>
          <th scope="col" className="mh-tight">{t('audit.when')}</th>
          <th scope="col">{t('audit.agent')}</th>
          <th scope="col">{t('audit.action')}</th>
          <th scope="col">{t('audit.what')}</th>
          <th scope="col">{t('audit.patient')}</th>
          <th scope="col">{t('audit.purpose')}</th>
          <th scope="col" className="mh-tight">{t('audit.outcome')}</th>
          <th scope="col" className="mh-tight">{t('audit.proof')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className={row.purpose === 'BTG' ? 'mh-glass-row' : undefined}>
            <td className="mh-tight"><DateText value={row.at} time /></td>
            <td className="mh-strong">{row.who}</td>
            <td>{codeText('auditInteraction', row.interaction, codeText('auditAction', row.action))}</td>
            <td className="mh-code" title={row.asked || undefined}>{row.what || row.query}</td>
            <td className="mh-code"><Records ids={row.patientIds} /></td>
            <td>{codeText('purpose', row.purpose)}</td>
            <td className="mh-tight">
              <span className={row.outcome === '0' ? 'mh-ok' : 'mh-tag mh-tag-warn'}>{codeText('auditOutcome', row.outcome)}</span>
            </td>
            <td className="mh-tight"><a href={`${API}audit/${row.id}/proof`} download aria-label={t('audit.proofOf', { id: row.id })}><IconCertificate size={16} aria-hidden="true" /></a></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
