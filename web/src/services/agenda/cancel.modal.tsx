import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { Confirm } from '../../design/Confirm';
import { useLanguage } from '../../i18n';
import { useAgendaSend, type Entry } from './agenda.resource';

export function CancelModal({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const send = useAgendaSend();
  return (
    <Confirm title={t('agenda.cancelTitle')} action={t('agenda.cancelIt')} danger busy={send.isPending} error={send.error} run={() => send.mutate({ method: 'DELETE', path: `appointments/${encodeURIComponent(entry.id)}` }, { onSuccess: close })} close={close}>
      <p><strong>{entry.patient?.name ?? t('theatre.busy')}</strong> · {formatDateTime(entry.start, language)}</p>
    </Confirm>
  );
}
