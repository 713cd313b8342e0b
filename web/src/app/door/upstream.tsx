import { Button } from '@mantine/core';
import { IconBuildingHospital } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../design/Panel';
import { finishUpstream, upstreamStart, type Step, type Upstream } from '../../fhir/auth';
import { Refusal } from './refusal';

/** The identity providers of this installation; one that is only simulated says so on its button. */
export function UpstreamEntries({ providers }: { providers: Upstream[] }) {
  const { t } = useTranslation();
  return (
    <>
      {providers.map(({ id, title, simulator }) => (
        <Button key={id} variant="default" leftSection={<IconBuildingHospital size={16} aria-hidden="true" />} onClick={() => window.location.assign(upstreamStart(id))}>
          {t('signIn.with', { provider: title })}
          {simulator && <span className="mh-tag mh-tag-warn mh-simulator">{t('signIn.simulator')}</span>}
        </Button>
      ))}
    </>
  );
}

const ticketHere = (): string | null => (window.location.pathname === '/connexion' ? new URLSearchParams(window.location.search).get('upstream') : null);

/** Back from an identity provider: its word is exchanged for a session, once. */
export function UpstreamReturn({ next, children }: { next: (step: Step) => void; children: React.ReactNode }) {
  const asked = useRef(false);
  const finish = useMutation({ mutationFn: finishUpstream, onSuccess: (step) => step && next(step) });
  const { mutate } = finish;
  useEffect(() => {
    const ticket = ticketHere();
    if (!ticket || asked.current) return;
    asked.current = true;
    // The ticket leaves the address bar before anything else happens.
    window.history.replaceState(null, '', '/');
    mutate(ticket);
  }, [mutate]);
  if (finish.isPending) return <Skeletons />;
  return (
    <>
      <Refusal error={finish.error} wait={0} />
      {children}
    </>
  );
}
