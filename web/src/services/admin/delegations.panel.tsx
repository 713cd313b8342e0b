import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { today } from '../../datatypes/Date/today';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf, isElsewhere } from '../../design/faults';
import { Panel } from '../../design/Panel';
import { useSend } from '../../fhir/verbs';
import type { Account } from './accounts.resource';

interface DelegationsProps { account: Account; all: Account[]; mayChange: boolean }

/** For whom this person acts, and until when: a delegation without an end is not given. */
export function DelegationsPanel({ account, all, mayChange }: DelegationsProps) {
  const { t } = useTranslation();
  const nameOf = (id: string) => all.find((one) => one.id === id || one.user === id)?.name ?? id;
  const remove = useSend('accounts');
  return (
    <Panel title={t('admin.delegations.title')} count={account.delegations.length} flush>
      {remove.isError && <FailureNotice error={remove.error} />}
      {account.delegations.length ? (
        <table className="mh-table">
          <thead>
            <tr>
              <th scope="col">{t('admin.delegations.for')}</th>
              <th scope="col">{t('admin.delegations.until')}</th>
              <th scope="col" className="mh-tight"><span className="mh-sr">{t('form.remove')}</span></th>
            </tr>
          </thead>
          <tbody>
            {account.delegations.map((one) => (
              <tr key={one.n}>
                <td className="mh-strong">{nameOf(one.for)}</td>
                <td>
                  <DateText value={one.until} /> {one.until && one.until.slice(0, 10) < today() && <span className="mh-tag">{t('admin.delegations.ended')}</span>}
                </td>
                <td className="mh-tight">
                  {mayChange && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={remove.isPending}
                      aria-label={t('admin.delegations.end', { name: nameOf(one.for) })}
                      onClick={() => remove.mutate({ method: 'DELETE', path: `accounts/${encodeURIComponent(account.id)}/delegations/${one.n}` })}
                    >
                      {t('form.remove')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="mh-empty">{t('admin.delegations.none')}</p>
      )}
      {mayChange && <NewDelegation account={account} all={all} />}
    </Panel>
  );
}

/** A delegation lasts two years at most. */
const latest = (): string => `${Number(today().slice(0, 4)) + 2}${today().slice(4)}`;

const CARERS = new Set(['surgeon', 'anaesthetist', 'clinician', 'pharmacist', 'nurse']);

function NewDelegation({ account, all }: Omit<DelegationsProps, 'mayChange'>) {
  const { t } = useTranslation();
  const [forWhom, setForWhom] = useState('');
  const [until, setUntil] = useState('');
  const send = useSend('accounts');
  const carers = all.filter((one) => one.id !== account.id && !one.disabled && one.roles.some((role) => CARERS.has(role)));
  return (
    <form
      className="mh-panel-body"
      onSubmit={(event) => {
        event.preventDefault();
        if (!forWhom || !until) return;
        send.mutate(
          { method: 'POST', path: `accounts/${encodeURIComponent(account.id)}/delegations`, body: { for: forWhom, until } },
          { onSuccess: () => { setForWhom(''); setUntil(''); } },
        );
      }}
    >
      <div className="mh-fields">
        <NativeSelect
          label={t('admin.delegations.actFor')}
          data={[{ value: '', label: t('form.choose') }, ...carers.map((one) => ({ value: one.id, label: one.name }))]}
          value={forWhom}
          error={faultOf(send.error, 'for')}
          onChange={(event) => setForWhom(event.currentTarget.value)}
        />
        <TextInput type="date" label={t('admin.delegations.untilLast')} min={today()} max={latest()} value={until} error={faultOf(send.error, 'until')} onChange={(event) => setUntil(event.currentTarget.value)} />
        {isElsewhere(send.error, ['for', 'until']) && <FailureNotice error={send.error} />}
        <div className="mh-actions">
          <Button type="submit" variant="default" size="xs" disabled={!forWhom || !until} loading={send.isPending}>{t('admin.delegations.add')}</Button>
        </div>
      </div>
    </form>
  );
}
