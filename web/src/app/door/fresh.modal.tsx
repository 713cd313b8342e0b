import '@mantine/core/styles/PasswordInput.css';
import { Button, Modal, PasswordInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../design/Panel';
import { SAMPLE_PASSWORD } from '../../fhir/account';
import { proveFresh, proveFreshPasskey, type Freshness } from '../../fhir/auth';
import { freshFactor } from '../../fhir/fresh';
import { useMe } from '../../fhir/session';
import { keptStation } from '../../fhir/station';
import { passkeysHere } from '../../fhir/webauthn';
import { useSecurity, type Security } from '../../services/account/security.resource';
import { CodeInput } from './code';
import { Refusal, useWait } from './refusal';
import './door.css';

/** An act wants a fresh proof of who asks. What was being done waits behind, and goes on by itself. */
export default function FreshDialog() {
  const { t } = useTranslation();
  const asked = useSyncExternalStore(freshFactor.subscribe, freshFactor.get);
  return (
    <Modal opened={asked} onClose={() => freshFactor.answer(false)} title={t('signIn.freshTitle')} zIndex={310} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {asked && <Proofs />}
    </Modal>
  );
}

function Proofs() {
  const { t } = useTranslation();
  const me = useMe();
  const security = useSecurity();
  return (
    <div className="mh-stack-form">
      <p className="mh-quiet">{t('signIn.freshBody')}</p>
      {me.demo && <p className="mh-quiet">{t('signIn.samplePassword', { password: SAMPLE_PASSWORD })}</p>}
      <Loaded query={security}>{(data) => <Entries security={data} />}</Loaded>
    </div>
  );
}

type Kind = 'totp' | 'pin' | 'password';

function Entries({ security }: { security: Security }) {
  const { t } = useTranslation();
  // A PIN stands last: it is not enough for every act.
  const kinds: Kind[] = [...(security.totp ? (['totp'] as const) : []), ...(security.passwordSet ? (['password'] as const) : []), ...(keptStation() ? (['pin'] as const) : [])];
  const [kind, setKind] = useState<Kind | undefined>(kinds[0]);
  const [secret, setSecret] = useState('');
  const proved = () => freshFactor.answer(true);
  const prove = useMutation({ mutationFn: (proof: Freshness) => proveFresh(proof), onSuccess: proved, onError: () => setSecret('') });
  const passkey = useMutation({ mutationFn: proveFreshPasskey, onSuccess: proved });
  const error = prove.error ?? passkey.error;
  const wait = useWait(error);
  const send = (typed: string) => {
    passkey.reset();
    if (kind === 'totp') prove.mutate({ totp: typed });
    else if (kind === 'pin') prove.mutate({ pin: typed });
    else prove.mutate({ password: typed });
  };
  return (
    <form
      className="mh-stack-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (secret && !wait) send(secret);
      }}
    >
      {kind === 'totp' && <CodeInput label={t('signIn.code')} value={secret} change={setSecret} complete={send} autoFocus />}
      {(kind === 'password' || kind === 'pin') && (
        <PasswordInput
          key={kind}
          label={t(`signIn.${kind}`)}
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          autoComplete={kind === 'pin' ? 'off' : 'current-password'}
          inputMode={kind === 'pin' ? 'numeric' : undefined}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
          data-autofocus
        />
      )}
      <Refusal error={error} wait={wait} />
      <div className="mh-acts">
        {kind && <Button type="submit" loading={prove.isPending} disabled={!secret || wait > 0}>{t('signIn.freshConfirm')}</Button>}
        {security.passkeys.length > 0 && passkeysHere() && (
          <Button variant="default" leftSection={<IconKey size={16} aria-hidden="true" />} loading={passkey.isPending} onClick={() => passkey.mutate()}>{t('signIn.withPasskey')}</Button>
        )}
        {kinds.filter((other) => other !== kind).map((other) => (
          <button
            key={other}
            type="button"
            className="mh-link"
            onClick={() => {
              setSecret('');
              setKind(other);
            }}
          >
            {t(`signIn.freshBy.${other}`)}
          </button>
        ))}
      </div>
    </form>
  );
}
