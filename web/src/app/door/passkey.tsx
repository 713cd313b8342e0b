import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { signInPasskey } from '../../fhir/auth';
import { passkeyAutofill, passkeysHere } from '../../fhir/webauthn';
import { Refusal, useWait } from './refusal';

// The server's challenge ages; one that waits in the field is renewed before it is too old.
const RENEW_MS = 4 * 60_000;

/** Keeps a quiet question open in the field of the user name, so that the browser proposes the passkeys it knows. */
function useQuietPasskey() {
  const open = useRef<AbortController | null>(null);
  useEffect(() => {
    let over = false;
    const ask = async () => {
      if (over || !(await passkeyAutofill()) || over) return;
      open.current?.abort();
      const control = new AbortController();
      open.current = control;
      // Whatever fails here stays unsaid: the person asked for nothing yet, and the button below tells.
      await signInPasskey(control.signal).catch(() => undefined);
    };
    void ask();
    const timer = setInterval(() => void ask(), RENEW_MS);
    return () => {
      over = true;
      clearInterval(timer);
      open.current?.abort();
    };
  }, []);
  return () => open.current?.abort();
}

export function PasskeyEntry() {
  const { t } = useTranslation();
  const hush = useQuietPasskey();
  const enter = useMutation({
    mutationFn: () => {
      hush();
      return signInPasskey();
    },
  });
  const wait = useWait(enter.error);
  if (!passkeysHere()) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconKey size={16} aria-hidden="true" />} loading={enter.isPending} disabled={wait > 0} onClick={() => enter.mutate()}>
        {t('signIn.passkey')}
      </Button>
      <Refusal error={enter.error} wait={wait} />
    </>
  );
}
