import { Button, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { ActForm } from './act.form';
import { found, useActs, type Act, type Acts } from './acts.resource';
import { TheatreTabs } from './tabs.panel';
import './theatre.css';

type Shown = { act: Act } | { act: null } | null;

/** What acts ask of rooms and of equipment, and where that is not met. */
export default function ActsPage() {
  const { t } = useTranslation();
  const query = useActs();
  const [sought, seek] = useState('');
  const [shown, show] = useState<Shown>(null);
  const current = shown?.act ? (query.data?.acts.find(({ id }) => id === shown.act?.id) ?? shown.act) : null;
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('theatre.acts.title')}</h1>
        <TheatreTabs />
        <span className="mh-grow" />
        <TextInput size="xs" type="search" aria-label={t('theatre.acts.find')} placeholder={t('theatre.acts.find')} value={sought} onChange={(event) => seek(event.currentTarget.value)} />
        {query.data?.may && <Button size="xs" onClick={() => show({ act: null })}>{t('theatre.acts.add')}</Button>}
      </div>
      <p className="mh-lead">{t('theatre.acts.explain')}{query.data && !query.data.may ? ` ${t('theatre.acts.readOnly')}` : ''}</p>
      <div className="mh-act-page" data-open={shown !== null || undefined}>
        <Panel title={t('theatre.acts.title')} count={query.data?.acts.length} flush>
          <Loaded query={query}>{(acts) => <Table acts={acts} rows={found(acts.acts, sought)} chosen={current?.id} edit={(act) => show({ act })} />}</Loaded>
        </Panel>
        {shown && query.data && <ActForm key={current?.id ?? 'new'} act={current} acts={query.data} done={(act) => show({ act })} close={() => show(null)} />}
      </div>
    </div>
  );
}

function Table({ acts: { may }, rows, chosen, edit }: { acts: Acts; rows: Act[]; chosen: string | undefined; edit: (act: Act) => void }) {
  const { t } = useTranslation();
  if (rows.length === 0) return <p className="mh-empty">{t('theatre.acts.none')}</p>;
  return (
    <table className="mh-table" data-testid="acts">
      <thead><tr><th scope="col">{t('theatre.acts.act')}</th><th scope="col">{t('theatre.acts.needs')}</th><th scope="col">{t('theatre.acts.places')}</th>{may && <th scope="col" className="mh-tight"><span className="mh-sr">{t('theatre.acts.edit')}</span></th>}</tr></thead>
      <tbody>
        {rows.map((act) => (
          <tr key={act.id} aria-selected={act.id === chosen || undefined}>
            <td><span className="mh-strong">{act.display}</span> <span className="mh-quiet mh-nowrap">{act.code}</span></td>
            <td>{act.needs.length === 0 ? <span className="mh-quiet">{t('theatre.acts.nothing')}</span> : <Labels act={act} />}</td>
            <td>
              {act.places.length === 0 ? <span className="mh-tag mh-tag-stop"><IconAlertTriangle size={13} aria-hidden="true" /> {t('theatre.acts.noPlace')}</span> : act.places.join(', ')}
              {act.misplaced > 0 && <div className="mh-warn">{t('theatre.acts.misplaced', { count: act.misplaced })}</div>}
            </td>
            {may && <td className="mh-tight"><Button size="compact-sm" variant="default" aria-label={`${t('theatre.acts.edit')} ${act.display}`} onClick={() => edit(act)}>{t('theatre.acts.edit')}</Button></td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Labels({ act }: { act: Act }) {
  const { t } = useTranslation();
  return act.needs.map(({ kind, what, name, count }) => (
    <span key={`${kind} ${what}`} className="mh-tag mh-tag-gap"><span className="mh-quiet">{t(`theatre.acts.kinds.${kind}`)}</span> {count > 1 ? `${count} × ` : ''}{name || what}</span>
  ));
}
