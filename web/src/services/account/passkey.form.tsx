import { Button, TextInput } from '@mantine/core';
import { IconInfoCircle, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { gaveUp } from '../../fhir/webauthn';
import { addPasskey, useAct } from './security.resource';

/** A name, so that one is found again in the list, then the browser's own question. */
export function PasskeyForm({ done, cancel }: { done: (recovery: string[]) => void; cancel: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const add = useAct(addPasskey, done);
  return (
    <form
      className="mh-stack-form"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(name.trim() || t('account.passkeyUnnamed'));
      }}
    >
      <TextInput label={t('account.passkeyName')} description={t('account.passkeyNameHint')} value={name} onChange={(event) => setName(event.currentTarget.value)} autoComplete="off" maxLength={60} autoFocus />
      {add.isError && (gaveUp(add.error) ? <GaveUp /> : <FailureNotice error={add.error} />)}
      <div className="mh-acts">
        <Button type="submit" leftSection={<IconKey size={16} aria-hidden="true" />} loading={add.isPending}>{t('account.passkeyCreate')}</Button>
        <Button variant="default" onClick={cancel}>{t('account.cancel')}</Button>
      </div>
    </form>
  );
}

function GaveUp() {
  const { t } = useTranslation();
  return (
    <p className="mh-notice" role="status">
      <IconInfoCircle size={18} aria-hidden="true" />
      <span>{t('account.passkeyGaveUp')}</span>
    </p>
  );
}
