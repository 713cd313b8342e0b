import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { QrCode } from '../../design/QrCode';
import { beginTotp, finishTotp, useAct } from './security.resource';

const DIGITS = 6;
const grouped = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

/** Scan, type the code once: the app on the telephone and the server agree. */
export function TotpForm({ done, cancel }: { done: (recovery: string[]) => void; cancel: () => void }) {
  const { t } = useTranslation();
  // Each opening makes a new secret; the last one is never shown again.
  const begun = useQuery({ queryKey: ['totp-begin'], queryFn: beginTotp, gcTime: 0, staleTime: Infinity });
  const [code, setCode] = useState('');
  const finish = useAct(finishTotp, done);
  const send = (typed: string) => finish.mutate(typed, { onError: () => setCode('') });
  return (
    <Loaded query={begun}>
      {({ secret, otpauth }) => (
        <form
          className="mh-totp"
          onSubmit={(event) => {
            event.preventDefault();
            if (code.length === DIGITS) send(code);
          }}
        >
          <QrCode text={otpauth} label={t('account.qr')} />
          <div className="mh-stack-form">
            <ol className="mh-steps">
              <li>{t('account.totpStep1')}</li>
              <li>
                {t('account.totpStep2')} <code className="mh-totp-key">{grouped(secret)}</code>
              </li>
              <li>{t('account.totpStep3')}</li>
            </ol>
            <TextInput
              className="mh-code-input"
              label={t('account.totpCode')}
              value={code}
              onChange={(event) => {
                const digits = event.currentTarget.value.replace(/\D/g, '').slice(0, DIGITS);
                setCode(digits);
                if (digits.length === DIGITS && digits !== code) send(digits);
              }}
              inputMode="numeric"
              autoComplete="one-time-code"
              autoFocus
            />
            {finish.isError && <FailureNotice error={finish.error} />}
            <div className="mh-acts">
              <Button type="submit" loading={finish.isPending} disabled={code.length !== DIGITS}>{t('account.verify')}</Button>
              <Button variant="default" onClick={cancel}>{t('account.cancel')}</Button>
            </div>
          </div>
        </form>
      )}
    </Loaded>
  );
}
