import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch, IconShieldCheck, IconUserPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded } from '../../design/Panel';
import { useMe, powersOf } from '../../fhir/session';
import { codeText } from '../../i18n/code';
import { filterAccounts, stateOf, useAccounts, useRpps, type Account } from './accounts.resource';
import { AdminTabs } from './admin-tabs.panel';
import InviteModal from './invite.modal';

const STATES = ['active', 'invited', 'disabled'] as const;

/** Who has an account here, what they may do, and when they were last seen. */
export default function PeoplePage() {
  const { t } = useTranslation();
  const mayChange = powersOf(useMe()).has('admin');
  const accounts = useAccounts();
  const [typed, setTyped] = useState('');
  const [state, setState] = useState('');
  const [inviting, setInviting] = useState(false);
  const rows = filterAccounts(accounts.data ?? [], typed, state, (role) => codeText('role', role));
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('admin.title')}</h1>
      </div>
      <AdminTabs />
      <div className="mh-row mh-filters">
        <TextInput
          className="mh-search-field"
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          aria-label={t('admin.people.filter')}
          placeholder={t('admin.people.filter')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
        />
        <NativeSelect
          aria-label={t('admin.people.state')}
          data={[{ value: '', label: t('admin.people.anyState') }, ...STATES.map((value) => ({ value, label: t(`admin.state.${value}`) }))]}
          value={state}
          onChange={(event) => setState(event.currentTarget.value)}
        />
        <span className="mh-quiet mh-grow" role="status">{accounts.data && t('admin.people.count', { count: rows.length })}</span>
        {mayChange && (
          <Button leftSection={<IconUserPlus size={16} aria-hidden="true" />} onClick={() => setInviting(true)}>
            {t('admin.people.invite')}
          </Button>
        )}
      </div>
      <div className="mh-panel mh-scroll" tabIndex={0} role="region" aria-label={t('admin.tab.people')}>
        <Loaded query={accounts}>{() => (rows.length ? <PeopleTable rows={rows} /> : <p className="mh-empty">{t('admin.people.none')}</p>)}</Loaded>
      </div>
      {inviting && <InviteModal close={() => setInviting(false)} />}
    </div>
  );
}

function PeopleTable({ rows }: { rows: Account[] }) {
  const { t } = useTranslation();
  const rpps = useRpps(rows);
  return (
    <table className="mh-table">
      <thead>
        <tr>
          <th scope="col">{t('admin.people.name')}</th>
          <th scope="col">{t('admin.people.roles')}</th>
          <th scope="col">{t('admin.people.rpps')}</th>
          <th scope="col">{t('admin.people.factor')}</th>
          <th scope="col">{t('admin.people.seen')}</th>
          <th scope="col" className="mh-tight">{t('admin.people.state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to={`/administration/personnes/${row.id}`} className="mh-rowlink">{row.name}</Link>
              <div className="mh-quiet">{[row.title, row.user, row.mail].filter(Boolean).join(' · ')}</div>
            </td>
            <td>{row.roles.map((role) => codeText('role', role)).join(', ')}</td>
            <td className="mh-nowrap">{(row.person && rpps.data?.get(row.person)) ?? ''}</td>
            <td><FactorTag on={row.secondFactor} /></td>
            <td>{row.lastSeen ? <DateText value={row.lastSeen} time /> : <span className="mh-quiet">{t('admin.people.never')}</span>}</td>
            <td className="mh-tight"><StateTag account={row} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function FactorTag({ on }: { on: boolean }) {
  const { t } = useTranslation();
  return on ? (
    <span className="mh-tag mh-tag-ok"><IconShieldCheck size={13} aria-hidden="true" />{t('admin.factor.on')}</span>
  ) : (
    <span className="mh-tag mh-tag-warn">{t('admin.factor.off')}</span>
  );
}

export function StateTag({ account }: { account: Account }) {
  const { t } = useTranslation();
  const state = stateOf(account);
  return <span className={{ active: 'mh-tag mh-tag-ok', invited: 'mh-tag mh-tag-accent', disabled: 'mh-tag mh-tag-stop' }[state]}>{t(`admin.state.${state}`)}</span>;
}
