import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { signInToken } from '../../fhir/account';

/** An access token made on the server: the way in before anybody has a password. */
export function TokenForm({ open }: { open: boolean }) {
  const { t } = useTranslation();
  const [token, setToken] = useState('');
  const signIn = useMutation({ mutationFn: signInToken });
  return (
    <details open={open} className="mh-token">
      <summary>{t('signIn.token')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim()) signIn.mutate(token.trim());
        }}
      >
        <Textarea label={t('signIn.tokenLabel')} description={t('signIn.tokenHint')} value={token} onChange={(event) => setToken(event.currentTarget.value)} autoComplete="off" spellCheck={false} rows={2} />
        <Button type="submit" mt={8} loading={signIn.isPending} disabled={!token.trim()}>
          {t('signIn.submit')}
        </Button>
        {signIn.isError && <FailureNotice error={signIn.error} />}
      </form>
    </details>
  );
}
