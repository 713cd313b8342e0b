import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../fhir/http';

/** What went wrong, in the server's own sentence where it gave one, and a way to try again. */
export function FailureNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const kind = error instanceof Failure ? error.kind : 'unexpected';
  // An ended session is told to a person here; the server's sentence on it is meant for programs.
  const told = error instanceof Failure && kind !== 'expired' ? error : null;
  const said = told?.message ?? '';
  const request = told?.requestId ?? null;
  return (
    <div className="mh-notice mh-notice-warn" role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" />
      <div>
        <div>{said || t(`failure.${kind}`)}</div>
        {request && <div>{t('failure.request', { id: request })}</div>}
      </div>
      {retry && kind !== 'denied' && kind !== 'expired' && (
        <Button size="compact-sm" variant="default" onClick={retry}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  );
}
