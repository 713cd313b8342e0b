import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { isElsewhere } from '../../design/faults';
import { Loaded, Panel } from '../../design/Panel';
import type { Picked } from '../../design/Picker';
import { powersOf, useMe } from '../../fhir/session';
import { useSend } from '../../fhir/verbs';
import { useAccounts, useRpps, type Account } from './accounts.resource';
import { AdminTabs } from './admin-tabs.panel';
import { DelegationsPanel } from './delegations.panel';
import { FactorTag, StateTag } from './people.page';
import { PERSON_FIELDS, PersonForm, type PersonDraft } from './person.form';
import { SessionsPanel } from './sessions.panel';

/** One account: who it is, what it may do, how it signs in, where it is signed in. */
export default function PersonPage() {
  const { t } = useTranslation();
  const { accountId } = useParams({ strict: false }) as { accountId: string };
  const accounts = useAccounts();
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{accounts.data?.find((one) => one.id === accountId)?.name ?? t('admin.title')}</h1>
        <Link to="/administration">{t('admin.person.back')}</Link>
      </div>
      <AdminTabs />
      <Loaded query={accounts}>
        {(all) => {
          const account = all.find((one) => one.id === accountId);
          return account ? <Person key={account.id} account={account} all={all} /> : <p className="mh-empty">{t('admin.person.unknown')}</p>;
        }}
      </Loaded>
    </div>
  );
}

function Person({ account, all }: { account: Account; all: Account[] }) {
  const mayChange = powersOf(useMe()).has('admin');
  return (
    <div className="mh-grid-home">
      <div className="mh-column">
        <WhoPanel account={account} mayChange={mayChange} />
        <DelegationsPanel account={account} all={all} mayChange={mayChange} />
      </div>
      <div className="mh-column">
        <AccessPanel account={account} mayChange={mayChange} />
        <SessionsPanel account={account} mayChange={mayChange} />
      </div>
    </div>
  );
}

function WhoPanel({ account, mayChange }: { account: Account; mayChange: boolean }) {
  const { t } = useTranslation();
  const rpps = useRpps([account]).data?.get(account.person ?? '');
  const known: Picked | null = account.person ? { id: account.person.replace('Practitioner/', ''), label: rpps ? `${account.name} (RPPS ${rpps})` : account.person } : null;
  const [changed, setChanged] = useState<Partial<PersonDraft>>({});
  const send = useSend('accounts');
  const draft: PersonDraft = { user: account.user, name: account.name, title: account.title, mail: account.mail, roles: account.roles, person: known, ...changed };
  const save = () => {
    const person = changed.person === undefined ? undefined : changed.person && `Practitioner/${changed.person.id}`;
    send.mutate(
      { method: 'PUT', path: `accounts/${encodeURIComponent(account.id)}`, body: { name: changed.name?.trim(), title: changed.title?.trim(), mail: changed.mail?.trim(), roles: changed.roles, person } },
      { onSuccess: () => setChanged({}) },
    );
  };
  const touched = Object.keys(changed).length > 0;
  return (
    <Panel title={t('admin.person.who')} side={account.user}>
      <form
        className="mh-fields"
        onSubmit={(event) => {
          event.preventDefault();
          if (touched && draft.roles.length) save();
        }}
      >
        <PersonForm draft={draft} change={(part) => setChanged((now) => ({ ...now, ...part }))} error={send.error} disabled={!mayChange} />
        {isElsewhere(send.error, PERSON_FIELDS) && <FailureNotice error={send.error} />}
        {mayChange && (
          <div className="mh-actions">
            <Button type="submit" disabled={!touched || !draft.roles.length} loading={send.isPending}>{t('form.save')}</Button>
            <span className="mh-field-ok" role="status">{send.isSuccess && !touched ? t('form.saved') : ''}</span>
          </div>
        )}
      </form>
    </Panel>
  );
}

type Act = 'disable' | 'enable' | 'reset' | 'invite';

function AccessPanel({ account, mayChange }: { account: Account; mayChange: boolean }) {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act | null>(null);
  return (
    <Panel title={t('admin.person.access')}>
      <dl className="mh-facts">
        <dt>{t('admin.people.state')}</dt>
        <dd><StateTag account={account} /></dd>
        <dt>{t('admin.people.factor')}</dt>
        <dd><FactorTag on={account.secondFactor} /></dd>
        <dt>{t('admin.people.seen')}</dt>
        <dd>{account.lastSeen ? <DateText value={account.lastSeen} time /> : t('admin.people.never')}</dd>
      </dl>
      {mayChange && (
        <div className="mh-actions mh-actions-end">
          {!account.disabled && <Button size="xs" variant="default" onClick={() => setAct('invite')}>{t('admin.act.invite')}</Button>}
          {!account.disabled && <Button size="xs" variant="default" onClick={() => setAct('reset')}>{t('admin.act.reset')}</Button>}
          {account.disabled ? (
            <Button size="xs" variant="default" onClick={() => setAct('enable')}>{t('admin.act.enable')}</Button>
          ) : (
            <Button size="xs" variant="default" className="mh-danger" onClick={() => setAct('disable')}>{t('admin.act.disable')}</Button>
          )}
        </div>
      )}
      {act && <ActConfirm act={act} account={account} close={() => setAct(null)} />}
    </Panel>
  );
}

function ActConfirm({ act, account, close }: { act: Act; account: Account; close: () => void }) {
  const { t } = useTranslation();
  const send = useSend('accounts', 'account-sessions');
  const path = `accounts/${encodeURIComponent(account.id)}`;
  const run = () => {
    const verb = {
      disable: { method: 'PUT', path, body: { disabled: true } },
      enable: { method: 'PUT', path, body: { disabled: false } },
      reset: { method: 'POST', path: `${path}/reset-factors` },
      invite: { method: 'POST', path: `${path}/invitation` },
    }[act] as Parameters<typeof send.mutate>[0];
    send.mutate(verb, { onSuccess: close });
  };
  return (
    <Confirm title={t(`admin.act.${act}`)} action={t(`admin.act.${act}`)} danger={act === 'disable' || act === 'reset'} busy={send.isPending} error={send.error} run={run} close={close}>
      <p className="mh-strong">{account.name} <span className="mh-quiet">{account.user}</span></p>
      <p className="mh-lead">{t(`admin.actExplain.${act}`, { mail: account.mail })}</p>
    </Confirm>
  );
}
