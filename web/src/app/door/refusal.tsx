import { IconClockPause, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Failure } from '../../fhir/http';
import { gaveUp } from '../../fhir/webauthn';

const UNSAID_S = 30;

/** Seconds until a throttled person may try again; 0 for everybody else. */
export function useWait(error: unknown): number {
  const [now, setNow] = useState(0);
  const throttled = error instanceof Failure && error.kind === 'limited' ? error : null;
  useEffect(() => {
    if (!throttled) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [throttled]);
  if (!throttled) return 0;
  const until = throttled.at + (throttled.retryAfter ?? UNSAID_S) * 1000;
  return Math.max(0, Math.ceil((until - Math.max(now, throttled.at)) / 1000));
}

/** Why somebody did not get in. The seconds count down in silence: a screen reader hears the sentence once. */
export function Refusal({ error, wait }: { error: unknown; wait: number }) {
  const { t } = useTranslation();
  if (!error) return null;
  if (gaveUp(error)) {
    return (
      <p className="mh-notice" role="status">
        <IconInfoCircle size={18} aria-hidden="true" />
        <span>{t('signIn.passkeyGaveUp')}</span>
      </p>
    );
  }
  if (error instanceof Failure && error.kind === 'limited') {
    return (
      <div className="mh-notice mh-notice-warn">
        <IconClockPause size={18} aria-hidden="true" />
        <div>
          <div role="alert">{t('signIn.throttled')}</div>
          <div role="timer" className="mh-strong">{wait > 0 ? t('signIn.wait', { count: wait }) : t('signIn.waitOver')}</div>
        </div>
      </div>
    );
  }
  return <FailureNotice error={error} />;
}
