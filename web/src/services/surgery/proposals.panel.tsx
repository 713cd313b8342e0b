import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowsExchange } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { useProposals, useTake, type Proposal } from './proposals.resource';

/** What could be done about rooms that run late: each with its reason, its gain and one button. Nothing happens by itself. */
export function ProposalsPanel({ site }: { site: string }) {
  const { t } = useTranslation();
  const query = useProposals(site);
  const take = useTake();
  const [asked, setAsked] = useState<Proposal | null>(null);
  const found = query.data;
  if (query.isError && !found) return <div className="mh-day-proposals"><FailureNotice error={query.error} /></div>;
  // A day that runs to plan needs no panel.
  if (!found || (found.proposals.length === 0 && found.late === 0 && !take.isSuccess)) return null;
  return (
    <div className="mh-day-proposals">
    <Panel title={t('proposals.title')} count={found.proposals.length || null} side={found.late > 0 ? <span className="mh-warn">{t('proposals.late', { count: found.late })}</span> : null} flush>
      <p className="mh-sr" role="status">{take.isSuccess ? t('proposals.done') : ''}</p>
      {found.proposals.length === 0 && <p className="mh-empty">{t(found.late > 0 ? 'proposals.nothing' : 'proposals.none')}</p>}
      <ul className="mh-list">{found.proposals.map((one) => <Row key={one.id} proposal={one} busy={take.isPending} take={() => { take.reset(); setAsked(one); }} />)}</ul>
      {asked && (
        <Confirm title={t('proposals.take')} action={t('proposals.take')} busy={take.isPending} error={take.error} run={() => take.mutate(asked, { onSuccess: () => setAsked(null) })} close={() => setAsked(null)}>
          <p className="mh-strong">{asked.patient && `${asked.patient.name} – `}{asked.text}</p>
          <p className="mh-lead">{asked.why}</p>
        </Confirm>
      )}
    </Panel>
    </div>
  );
}

function Row({ proposal: { kind, patient, text, why, avoided, calls }, busy, take }: { proposal: Proposal; busy: boolean; take: () => void }) {
  const { t } = useTranslation();
  const warns = kind === 'overrun';
  return (
    <li className="mh-split">
      <span className="mh-proposal">
        {warns ? <IconAlertTriangle size={18} className="mh-warn" aria-hidden="true" /> : <IconArrowsExchange size={18} className="mh-ok" aria-hidden="true" />}
        <span>
          <span className="mh-strong">{patient && `${patient.name} – `}{text}</span>
          <span className="mh-quiet mh-proposal-why">{why}</span>
        </span>
      </span>
      <span className="mh-split-side">
        {avoided > 0 && !warns && <span className="mh-tag mh-tag-ok">{t(kind === 'earlier' ? 'proposals.gained' : 'proposals.avoided', { count: avoided })}</span>}
        {warns && <span className="mh-tag mh-tag-warn">{t('proposals.overrun')}</span>}
        {calls.length > 0 && <Button disabled={busy} aria-label={`${t('proposals.take')} : ${patient?.name ?? text}`} onClick={take}>{t('proposals.take')}</Button>}
      </span>
    </li>
  );
}
