import { Button } from '@mantine/core';
import { IconCloudCheck, IconCloudOff, IconCloudUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnection, useMe } from '../../fhir/session';
import { tapsOf, useTapState } from './use-taps';

/** What was tapped here and is not with the server yet, and what the server refused. Nothing stands in the way of the next tap. */
export function TapsNotice({ surgery }: { surgery?: string }) {
  const { t } = useTranslation();
  const queue = tapsOf(useMe());
  const { reachable } = useConnection();
  const { taps } = useTapState(queue);
  const mine = taps.filter((tap) => surgery === undefined || tap.surgery === surgery);
  const refused = mine.filter((tap) => tap.refused !== undefined);
  const waiting = taps.length - taps.filter((tap) => tap.refused !== undefined).length;
  const away = waiting > 0 && !reachable;
  return (
    <>
      <p className="mh-taps" data-state={away ? 'away' : waiting ? 'sending' : 'sent'} role="status">
        {away ? <IconCloudOff size={16} aria-hidden="true" /> : waiting ? <IconCloudUpload size={16} aria-hidden="true" /> : <IconCloudCheck size={16} aria-hidden="true" />}
        {away ? t('taps.away', { count: waiting }) : waiting ? t('taps.sending', { count: waiting }) : t('taps.sent')}
      </p>
      {refused.map((tap) => (
        <div key={tap.key} className="mh-notice mh-notice-stop" role="alert">
          <div>
            <strong>{t('taps.refused')}</strong> {tap.refused || t('failure.refused')}
          </div>
          <Button size="compact-md" variant="default" onClick={() => void queue.forget(tap.key)}>{t('taps.read')}</Button>
        </div>
      ))}
    </>
  );
}
