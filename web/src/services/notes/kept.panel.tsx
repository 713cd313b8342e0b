import { IconAlertTriangle, IconCheck, IconCloudOff, IconLoader } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import type { Kept } from './keeper';

/** Where the text is: « Brouillon enregistré 14 h 05 », or what stands in the way. Its place never moves. */
export function KeptState({ kept, retry }: { kept: Kept; retry: () => void }) {
  const { t } = useTranslation();
  const time = formatTime(kept.note.savedAt, useLanguage()) ?? '';
  const told = {
    saved: <><IconCheck size={15} aria-hidden="true" /> {t('notes.saved', { time })}</>,
    typed: <><IconLoader size={15} aria-hidden="true" /> {t('notes.typed')}</>,
    sending: <><IconLoader size={15} aria-hidden="true" /> {t('notes.sending')}</>,
    waiting: <><IconCloudOff size={15} aria-hidden="true" /> {t('notes.waiting')} <button type="button" className="mh-link" onClick={retry}>{t('common.retry')}</button></>,
    conflict: <><IconAlertTriangle size={15} aria-hidden="true" /> {t('notes.conflict')}</>,
    closed: <><IconAlertTriangle size={15} aria-hidden="true" /> {t('notes.closed')}</>,
    refused: <><IconAlertTriangle size={15} aria-hidden="true" /> {t('notes.refused')}</>,
  }[kept.keeping];
  const calm = ['saved', 'typed', 'sending'].includes(kept.keeping);
  return (
    <p className={calm ? 'mh-kept' : 'mh-kept mh-warn'} role="status" data-keeping={kept.keeping}>
      {told}
    </p>
  );
}
