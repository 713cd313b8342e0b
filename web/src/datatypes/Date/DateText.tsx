import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from './format';
import { useLanguage } from '../../i18n';

/** A date in words; what was not recorded says so. `time` adds the time of day where one was recorded. */
export function DateText({ value, time = false }: { value?: string; time?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = time ? formatDateTime(value, language) : formatDate(value, language);
  if (!text) return <span className="mh-absent">{t('common.notRecorded')}</span>;
  return (
    <time dateTime={value} className="mh-nowrap">
      {text}
    </time>
  );
}
