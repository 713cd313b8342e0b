import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { signInDemo, type DemoAccount } from '../../fhir/account';
import { codeText } from '../../i18n/code';

/** The demonstration clinic: anyone may be any of its invented people. */
export function SampleAccounts({ accounts, first }: { accounts: DemoAccount[]; first?: string }) {
  const { t } = useTranslation();
  const signIn = useMutation({ mutationFn: signInDemo });
  const ordered = [...accounts].sort((a, b) => Number(b.user === first) - Number(a.user === first));
  return (
    <section className="mh-samples" aria-label={t('signIn.samples')}>
      <p className="mh-quiet">{t('signIn.sample')}</p>
      <ul className="mh-accounts">
        {ordered.map((account) => (
          <li key={account.user}>
            <button type="button" disabled={signIn.isPending} data-user={account.user} onClick={() => signIn.mutate(account.user)}>
              <strong>{account.name}</strong>
              <span>{(account.title !== account.name && account.title) || account.roles.map((role) => codeText('role', role)).join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {signIn.isError && <FailureNotice error={signIn.error} />}
    </section>
  );
}
