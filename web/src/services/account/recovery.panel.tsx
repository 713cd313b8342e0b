import { Button } from '@mantine/core';
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../fhir/session';

/** Codes that are shown once: kept on paper or in a password manager, each opens the account once. */
export function RecoveryCodes({ codes, done }: { codes: string[]; done: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(codes.join('\n'));
    setCopied(true);
  };
  return (
    <div className="mh-stack-form mh-recovery">
      <p>{t('account.recoveryShown')}</p>
      <p className="mh-print-only">{t('account.recoveryPrint', { name: me.name, user: me.user, tenant: me.tenantTitle })}</p>
      <ol className="mh-recovery-codes" aria-label={t('account.recoveryTitle')}>
        {codes.map((code) => (
          <li key={code}><code>{code}</code></li>
        ))}
      </ol>
      <div className="mh-acts">
        <Button onClick={done}>{t('account.recoveryKept')}</Button>
        <Button variant="default" leftSection={copied ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />} onClick={() => void copy()}>
          {copied ? t('account.copied') : t('account.copy')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>{t('account.print')}</Button>
      </div>
    </div>
  );
}
