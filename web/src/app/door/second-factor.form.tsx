import { Button, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { proveSecond, proveSecondPasskey, type Proof, type Step } from '../../fhir/auth';
import { passkeysHere } from '../../fhir/webauthn';
import { CodeInput, isCode } from './code';
import { Refusal, useWait } from './refusal';

/** The password was right: the code, a passkey, or a recovery code. */
export function SecondFactorForm({ step, back, done }: { step: Step; back: () => void; done?: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [recovering, setRecovering] = useState(!step.methods.includes('totp') && !step.methods.includes('passkey'));
  const prove = useMutation({ mutationFn: (proof: Proof) => proveSecond(step.ticket, proof), onSuccess: done, onError: () => setCode('') });
  const passkey = useMutation({ mutationFn: () => proveSecondPasskey(step), onSuccess: done });
  const error = prove.error ?? passkey.error;
  const wait = useWait(error);
  const send = (typed: string) => {
    passkey.reset();
    prove.mutate(recovering ? { recovery: typed.trim() } : { totp: typed });
  };
  const asksTotp = step.methods.includes('totp') && !recovering;
  return (
    <form
      className="mh-stack-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() && !wait) send(code);
      }}
    >
      <p className="mh-quiet">{recovering ? t('signIn.recoveryBody') : t('signIn.secondBody')}</p>
      {asksTotp && <CodeInput label={t('signIn.code')} description={t('signIn.codeHint')} value={code} change={setCode} complete={send} autoFocus />}
      {recovering && <TextInput key="recovery" label={t('signIn.recovery')} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoComplete="off" autoCapitalize="none" spellCheck={false} autoFocus />}
      <Refusal error={error} wait={wait} />
      <div className="mh-acts">
        {(asksTotp || recovering) && (
          <Button type="submit" loading={prove.isPending} disabled={wait > 0 || (recovering ? !code.trim() : !isCode(code))}>
            {t('signIn.enter')}
          </Button>
        )}
        {step.methods.includes('passkey') && passkeysHere() && (
          <Button variant="default" leftSection={<IconKey size={16} aria-hidden="true" />} loading={passkey.isPending} onClick={() => passkey.mutate()}>
            {t('signIn.withPasskey')}
          </Button>
        )}
      </div>
      <div className="mh-acts">
        {step.methods.includes('recovery') && (
          <button
            type="button"
            className="mh-link"
            onClick={() => {
              setCode('');
              prove.reset();
              setRecovering(!recovering);
            }}
          >
            {recovering ? t('signIn.useCode') : t('signIn.useRecovery')}
          </button>
        )}
        <button type="button" className="mh-link mh-acts-end" onClick={back}>
          {t('signIn.back')}
        </button>
      </div>
    </form>
  );
}
