import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import type { ClosureRow } from './blocks.resource';

/** « mar., semaines paires, 12:00 – 14:00, du 1 déc. au 31 déc. », or from when to when. */
export function ClosureTime({ row }: { row: ClosureRow }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!row.weekday || !row.hours) return <>{formatDateTime(row.from, language)} – {formatDateTime(row.until, language)}</>;
  const day = t(`theatre.weekday.${String(row.weekday) as '1'}`);
  const [from, until] = [formatDate(row.from, language), formatDate(row.until, language)];
  return <>{day}, {t(`theatre.weeks.${row.weeks ?? 'all'}`)}, {row.hours.from} – {row.hours.until} <span className="mh-quiet">({t('theatre.betweenDays', { from, until })})</span></>;
}
