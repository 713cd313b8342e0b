import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { useMe } from '../../fhir/session';
import { useEndSession } from './request.resource';
import './authorise.css';

/** An application asks to end the session here too; only the person may say so. */
export default function SignOutPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [ticket] = useState(() => new URLSearchParams(window.location.search).get('request') ?? '');
  const end = useEndSession(ticket);
  return (
    <div className="mh-page mh-authorise">
      <div className="mh-panel mh-authorise-card">
        <h1 className="mh-title">{t('authorise.signOut')}</h1>
        <p>{t('authorise.signOutBody', { name: me.name })}</p>
        {end.isError && <FailureNotice error={end.error} />}
        <div className="mh-row">
          <Button loading={end.isPending} onClick={() => end.mutate()}>{t('app.signOut')}</Button>
          <Button variant="default" onClick={() => window.location.assign('/')}>{t('authorise.stay')}</Button>
        </div>
      </div>
    </div>
  );
}
