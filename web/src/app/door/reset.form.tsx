import { Button, TextInput } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askReset } from '../../fhir/auth';
import { Refusal, useWait } from './refusal';

/** A forgotten password: the answer is the same whether the account exists or not. */
export function ResetForm({ user, back }: { user: string; back: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(user);
  const ask = useMutation({ mutationFn: askReset });
  const wait = useWait(ask.error);
  if (ask.isSuccess) {
    return (
      <div className="mh-stack-form">
        <p className="mh-notice" role="status">
          <IconMail size={18} aria-hidden="true" />
          <span>{t('signIn.resetSent')}</span>
        </p>
        <div className="mh-row">
          <Button variant="default" onClick={back}>{t('signIn.back')}</Button>
        </div>
      </div>
    );
  }
  return (
    <form
      className="mh-stack-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() && !wait) ask.mutate(name.trim());
      }}
    >
      <p className="mh-quiet">{t('signIn.resetBody')}</p>
      <TextInput label={t('signIn.userOrMail')} value={name} onChange={(event) => setName(event.currentTarget.value)} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
      <Refusal error={ask.error} wait={wait} />
      <div className="mh-acts">
        <Button type="submit" loading={ask.isPending} disabled={!name.trim() || wait > 0}>{t('signIn.resetSend')}</Button>
        <button type="button" className="mh-link mh-acts-end" onClick={back}>{t('signIn.back')}</button>
      </div>
    </form>
  );
}
