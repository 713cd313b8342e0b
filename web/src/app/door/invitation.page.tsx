import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../design/Panel';
import { acceptInvitation, invitationLink, readInvitation, type Invitation, type InvitationLink, type Step } from '../../fhir/auth';
import { session } from '../../fhir/session';
import Enrol from '../../services/account/enrol.panel';
import { NewPasswordForm } from '../../services/account/new-password.form';
import { Door } from './door';
import { Refusal, useWait } from './refusal';
import { SecondFactorForm } from './second-factor.form';

function mustEnrol(): boolean {
  const now = session.get();
  return 'me' in now && now.me.must.includes('enrol-second-factor');
}

/** The link of an invitation, or of a forgotten password: a password, a second factor, and in. */
export default function InvitationPage({ leave }: { leave: () => void }) {
  const { t } = useTranslation();
  const [link] = useState(invitationLink);
  const invitation = useQuery({ queryKey: ['invitation', link.token], queryFn: () => readInvitation(link), staleTime: Infinity, retry: false });
  if (invitation.isError) {
    return (
      <Door title={t('signIn.linkTitle')}>
        <div className="mh-stack-form">
          <p>{t('signIn.linkOver')}</p>
          <Refusal error={invitation.error} wait={0} />
          <div className="mh-row"><Button variant="default" onClick={leave}>{t('signIn.toSignIn')}</Button></div>
        </div>
      </Door>
    );
  }
  if (!invitation.data) return <Door title={t('signIn.linkTitle')}><Skeletons /></Door>;
  return <Accept invitation={invitation.data} link={link} leave={leave} />;
}

function Accept({ invitation, link, leave }: { invitation: Invitation; link: InvitationLink; leave: () => void }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step | 'enrol' | null>(null);
  const [signedIn, setSignedIn] = useState(false);
  const entered = () => {
    setSignedIn(true);
    if (mustEnrol() || invitation.kind === 'invitation') setStep('enrol');
    else leave();
  };
  const accept = useMutation({ mutationFn: (password: string) => acceptInvitation(link, password), onSuccess: (next) => (next ? setStep(next) : entered()) });
  const wait = useWait(accept.error);
  if (step === 'enrol') {
    return (
      <Door title={t('signIn.enrolTitle')}>
        <div className="mh-stack-form">
          <p className="mh-quiet">{t('signIn.enrolBody')}</p>
          <Enrol done={leave} later={mustEnrol() ? undefined : leave} />
        </div>
      </Door>
    );
  }
  if (step) return <Door title={t('signIn.title')}><SecondFactorForm step={step} back={() => setStep(null)} done={entered} /></Door>;
  return (
    <Door title={invitation.kind === 'reset' ? t('signIn.resetTitle') : t('signIn.invitationTitle', { tenant: invitation.tenantTitle })}>
      <p className="mh-quiet">{t('signIn.invitationBody', { name: invitation.name, user: invitation.user })}</p>
      <NewPasswordForm
        user={invitation.user}
        known={[invitation.name, invitation.tenantTitle]}
        shortest={invitation.shortest}
        label={t('signIn.continue')}
        busy={accept.isPending || signedIn}
        wait={wait > 0}
        save={(password) => accept.mutate(password)}
      >
        <Refusal error={accept.error} wait={wait} />
      </NewPasswordForm>
    </Door>
  );
}
