import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Created { id?: string; secret?: string }

/** What an application is given to be recognised by; the secret is shown once. */
export function SecretNotice({ created }: { created: Created }) {
  const { t } = useTranslation();
  return (
    <>
      <dl className="mh-facts">
        <dt>{t('admin.client.id')}</dt>
        <dd><Copied text={created.id ?? ''} /></dd>
        {created.secret && (
          <>
            <dt>{t('admin.client.secret')}</dt>
            <dd><Copied text={created.secret} /></dd>
          </>
        )}
      </dl>
      {created.secret && <p className="mh-notice mh-notice-warn" role="alert">{t('admin.client.once')}</p>}
    </>
  );
}

function Copied({ text }: { text: string }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  return (
    <div className="mh-secret">
      <code className="mh-grow">{text}</code>
      <Button size="compact-sm" variant="default" leftSection={<IconCopy size={14} aria-hidden="true" />} onClick={() => void navigator.clipboard?.writeText(text).then(() => setDone(true))}>
        {done ? t('form.copied') : t('form.copy')}
      </Button>
    </div>
  );
}
