import { Button, Menu, NativeSelect } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useKinds, useList, type Document, type Kind } from './document.resource';
import { StateTag } from './state.panel';
import './documents.css';

const STATES = ['draft', 'final', 'signed', 'refused', 'revoked', 'superseded', 'withdrawn'] as const;

/** All documents of a patient, made here or received, newest first. */
export default function ListPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [type, setType] = useState<string | null>(null);
  const [status, setStatus] = useState<string | null>(null);
  const kinds = useKinds();
  const query = useList(patientId, { type, status });
  const side = (
    <>
      <NativeSelect size="xs" aria-label={t('papers.filterKind')} value={type ?? ''} onChange={(event) => setType(event.currentTarget.value || null)} data={[{ value: '', label: t('papers.allKinds') }, ...(kinds.data ?? []).map(({ code, title }) => ({ value: code, label: title }))]} />
      <NativeSelect size="xs" aria-label={t('papers.filterState')} value={status ?? ''} onChange={(event) => setStatus(event.currentTarget.value || null)} data={[{ value: '', label: t('papers.allStates') }, ...STATES.map((value) => ({ value, label: t(`papers.state.${value}`) }))]} />
      <NewMenu patientId={patientId} kinds={kinds.data ?? []} />
    </>
  );
  return (
    <div className="mh-page">
    <Panel title={t('papers.documents')} count={query.data?.rows.length} side={side} flush>
      <Loaded query={query}>
        {({ rows, more }) => (
          <>
            {rows.length === 0 && <p className="mh-empty">{t('papers.none')}</p>}
            {rows.length > 0 && (
              <table className="mh-table">
                <thead><tr><th scope="col" className="mh-tight">{t('papers.date')}</th><th scope="col">{t('papers.document')}</th><th scope="col">{t('papers.by')}</th><th scope="col" className="mh-tight">{t('papers.stateOf')}</th></tr></thead>
                <tbody>{rows.map((row) => <Line key={row.id} row={row} patientId={patientId} open={(to) => void navigate({ to })} />)}</tbody>
              </table>
            )}
            {more && <p className="mh-empty">{t('papers.narrow')}</p>}
          </>
        )}
      </Loaded>
    </Panel>
    </div>
  );
}

function Line({ row, patientId, open }: { row: Document; patientId: string; open: (to: string) => void }) {
  const { t } = useTranslation();
  // What was received is shown by the chart, which knows any kind of attachment.
  const to = row.type === null ? `/patients/${patientId}/agenda?document=${row.id}` : `/documents/${row.id}`;
  return (
    <tr className="mh-click" onClick={() => open(to)}>
      <td className="mh-tight"><DateText value={row.date ?? undefined} /></td>
      <td>
        <Link to={to} className="mh-rowlink" onClick={(event) => event.stopPropagation()}>{row.title ?? t('papers.untitled')}</Link>
        {row.subtitle && <span className="mh-quiet"> · {row.subtitle}</span>}
      </td>
      <td>{row.author?.name ?? <span className="mh-absent">{t('common.notRecorded')}</span>}</td>
      <td className="mh-tight"><StateTag state={row.status} /></td>
    </tr>
  );
}

/** Documents that are about no operation; the others are begun on its page. */
function NewMenu({ patientId, kinds }: { patientId: string; kinds: Kind[] }) {
  const { t } = useTranslation();
  const some = kinds.filter(({ needsCase }) => !needsCase);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><Button size="compact-md" leftSection={<IconPlus size={14} aria-hidden="true" />}>{t('papers.new')}</Button></Menu.Target>
      <Menu.Dropdown>
        {some.map(({ code, title }) => <Menu.Item key={code} component={Link} {...({ to: `/documents/new/${patientId}/${code}` } as object)}>{title}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}
