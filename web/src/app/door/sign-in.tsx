import '@mantine/core/styles/PasswordInput.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../design/Panel';
import { demoAccounts, type DemoAccount } from '../../fhir/account';
import { readMethods, type Methods, type Step } from '../../fhir/auth';
import { Failure } from '../../fhir/http';
import { PasskeyEntry } from './passkey';
import { PasswordForm } from './password.form';
import { ResetForm } from './reset.form';
import { SampleAccounts } from './sample-accounts';
import { SecondFactorForm } from './second-factor.form';
import { TokenForm } from './token.form';
import { UpstreamEntries, UpstreamReturn } from './upstream';
import './door.css';

/** An installation that answers 404 offers tokens only. */
async function waysIn(): Promise<{ methods: Methods | null; accounts: DemoAccount[] }> {
  const methods = readMethods().catch((error: unknown) => {
    if (error instanceof Failure && error.status === 404) return null;
    throw error;
  });
  return { methods: await methods, accounts: (await demoAccounts()) ?? [] };
}

/** The ways in that this installation offers; the person who is expected stands first. */
export function SignIn({ first }: { first?: string }) {
  const ways = useQuery({ queryKey: ['ways-in'], queryFn: waysIn, staleTime: 60_000 });
  return (
    <Loaded query={ways}>
      {({ methods, accounts }) => (
        <div className="mh-ways" data-samples={accounts.length > 0}>
          {methods && <Entries methods={methods} first={first} />}
          {accounts.length > 0 && <SampleAccounts accounts={accounts} first={first} />}
          <TokenForm open={!methods && !accounts.length} />
        </div>
      )}
    </Loaded>
  );
}

function Entries({ methods, first }: { methods: Methods; first?: string }) {
  const { t } = useTranslation();
  const [user, setUser] = useState(first ?? '');
  const [step, setStep] = useState<Step | null>(null);
  const [forgotten, setForgotten] = useState(false);
  if (step) return <SecondFactorForm step={step} back={() => setStep(null)} />;
  if (forgotten) return <ResetForm user={user} back={() => setForgotten(false)} />;
  const others = methods.passkey || methods.upstream.length > 0;
  return (
    <UpstreamReturn next={setStep}>
      <div className="mh-entries">
        {methods.password && <PasswordForm user={user} setUser={setUser} station={methods.station !== null} next={setStep} forgot={() => setForgotten(true)} />}
        {others && (
          <div className="mh-entries-other" role="group" aria-label={t('signIn.other')}>
            {methods.passkey && <PasskeyEntry />}
            <UpstreamEntries providers={methods.upstream} />
          </div>
        )}
      </div>
    </UpstreamReturn>
  );
}
