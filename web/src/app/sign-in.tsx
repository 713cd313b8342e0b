import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../design/FailureNotice';
import { Loaded } from '../design/Panel';
import { demoAccounts, signInDemo, signInToken, type DemoAccount } from '../fhir/account';
import { codeText } from '../i18n/code';

/** The ways in that this installation offers: sample accounts in the demonstration clinic, else an access token. */
export function SignIn({ first }: { first?: string }) {
  const accounts = useQuery({ queryKey: ['demo-accounts'], queryFn: demoAccounts, staleTime: Infinity });
  return (
    <Loaded query={accounts}>
      {(rows) => (
        <>
          {rows && rows.length > 0 && <SampleAccounts accounts={rows} first={first} />}
          <TokenForm open={!rows?.length} />
        </>
      )}
    </Loaded>
  );
}

function SampleAccounts({ accounts, first }: { accounts: DemoAccount[]; first?: string }) {
  const { t } = useTranslation();
  const signIn = useMutation({ mutationFn: signInDemo });
  const ordered = [...accounts].sort((a, b) => Number(b.user === first) - Number(a.user === first));
  return (
    <div>
      <p className="mh-quiet">{t('signIn.sample')}</p>
      <ul className="mh-accounts">
        {ordered.map((account) => (
          <li key={account.user}>
            <button type="button" disabled={signIn.isPending} data-user={account.user} onClick={() => signIn.mutate(account.user)}>
              <strong>{account.name}</strong>
              <span>{[account.title, account.roles.map((role) => codeText('role', role)).join(', ')].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {signIn.isError && <FailureNotice error={signIn.error} />}
    </div>
  );
}

function TokenForm({ open }: { open: boolean }) {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  const signIn = useMutation({ mutationFn: signInToken });
  return (
    <details open={open} className="mh-token">
      <summary>{t('signIn.token')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim()) signIn.mutate(token.trim());
        }}
      >
        <Textarea
          label={t('signIn.tokenLabel')}
          description={t('signIn.tokenHint')}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          rows={2}
        />
        <Button type="submit" mt={8} loading={signIn.isPending} disabled={!token.trim()}>
          {t('signIn.submit')}
        </Button>
        {signIn.isError && <FailureNotice error={signIn.error} />}
      </form>
    </details>
  );
}
