import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Picked } from '../../design/Picker';
import { Loaded, Panel } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { GROUPS, useWho, type Who } from './access.resource';
import { MarkTags, TieTags } from './words.panel';

interface WhoPanelProps { patient: Picked; ask: (account: string, group: string) => void }

/** Every account against every part of the record: each cell asks for its reasons. */
export function WhoPanel({ patient, ask }: WhoPanelProps) {
  const { t } = useTranslation();
  const who = useWho(patient.id);
  return (
    <Panel title={t('access.table', { name: patient.label })} count={who.data?.length} flush side={t('access.tableHint')}>
      <Loaded query={who}>{(rows) => (rows.length ? <WhoTable rows={rows} ask={ask} /> : <p className="mh-empty">{t('access.nobody')}</p>)}</Loaded>
    </Panel>
  );
}

function WhoTable({ rows, ask }: { rows: Who[]; ask: WhoPanelProps['ask'] }) {
  const { t } = useTranslation();
  return (
    <div className="mh-scroll" tabIndex={0} role="region" aria-label={t('access.tableHint')}>
      <table className="mh-table mh-who">
        <thead>
          <tr>
            <th scope="col">{t('access.account')}</th>
            <th scope="col">{t('access.ties')}</th>
            {GROUPS.map((group) => <th key={group} scope="col">{t(`access.short.${group}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                {row.name}
                <div className="mh-quiet">{row.roles.map((role) => codeText('role', role)).join(', ')}</div>
              </th>
              <td>
                <TieTags ties={row.ties} /> <MarkTags marks={row.marks} />
              </td>
              {GROUPS.map((group) => {
                const open = row.groups.get(group) ?? false;
                const label = t(open ? 'access.cellOpen' : 'access.cellClosed', { name: row.name, group: t(`access.groups.${group}`) });
                return (
                  <td key={group} className="mh-who-cell">
                    <button type="button" className="mh-plain" aria-label={label} title={label} onClick={() => ask(row.id, group)}>
                      {open ? <IconCheck size={16} className="mh-ok" stroke={2.4} aria-hidden="true" /> : <IconMinus size={16} className="mh-quiet" aria-hidden="true" />}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
