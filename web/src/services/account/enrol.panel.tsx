import { Button } from '@mantine/core';
import { IconDeviceMobile, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { passkeysHere } from '../../fhir/webauthn';
import { PasskeyForm } from './passkey.form';
import { RecoveryCodes } from './recovery.panel';
import { makeRecoveryCodes, useAct } from './security.resource';
import { TotpForm } from './totp.form';
import './account.css';

type Step = { at: 'choice' | 'totp' | 'passkey' } | { at: 'codes'; codes: string[] };

/** The second factor, chosen and proved, then the codes for the day when it is lost. */
export default function Enrol({ done, later }: { done: () => void; later?: () => void }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>({ at: 'choice' });
  const codes = useAct(makeRecoveryCodes, (made) => setStep({ at: 'codes', codes: made }));
  const proved = (given: string[]) => (given.length ? setStep({ at: 'codes', codes: given }) : codes.mutate(undefined));
  const back = () => setStep({ at: 'choice' });
  return (
    <div className="mh-enrol">
      {step.at === 'choice' && <Choice choose={(at) => setStep({ at })} />}
      {step.at === 'choice' && later && <div className="mh-row"><Button variant="default" onClick={later}>{t('account.later')}</Button></div>}
      {step.at === 'totp' && <TotpForm done={proved} cancel={back} />}
      {step.at === 'passkey' && <PasskeyForm done={proved} cancel={back} />}
      {step.at === 'codes' && (
        <>
          <h2>{t('account.recoveryTitle')}</h2>
          <RecoveryCodes codes={step.codes} done={done} />
        </>
      )}
      {codes.isError && <FailureNotice error={codes.error} retry={() => codes.mutate(undefined)} />}
    </div>
  );
}

function Choice({ choose }: { choose: (at: 'totp' | 'passkey') => void }) {
  const { t } = useTranslation();
  return (
    <div className="mh-factors">
      {passkeysHere() && (
        <button type="button" onClick={() => choose('passkey')}>
          <IconKey size={24} stroke={1.5} aria-hidden="true" />
          <strong>{t('account.passkeyChoice')}</strong>
          <span>{t('account.passkeyChoiceBody')}</span>
        </button>
      )}
      <button type="button" onClick={() => choose('totp')}>
        <IconDeviceMobile size={24} stroke={1.5} aria-hidden="true" />
        <strong>{t('account.totpChoice')}</strong>
        <span>{t('account.totpChoiceBody')}</span>
      </button>
    </div>
  );
}
