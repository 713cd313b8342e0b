import { useTranslation } from 'react-i18next';
import { daysFrom, addDays, isoWeek, mondayOf, weekdayOf } from '../../datatypes/Date/clinic';
import { formatDate } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { useLanguage } from '../../i18n';

/** « lun. 23 nov. » without the year, which the title tells. */
export function DayName({ day }: { day: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const date = (formatDate(day, language) ?? '').replace(/[\s\u00a0]?\d{4}$/, '');
  return <>{t(`theatre.weekday.${weekdayOf(day) as 1}`)} {date}</>;
}

/** The days of the week of a day: pressed, or held over with a case in the hand. */
export function DayTabs({ day, open }: { day: string; open: (day: string) => void }) {
  const { t } = useTranslation();
  const monday = mondayOf(day);
  return (
    <div className="mh-days" role="group" aria-label={t('theatre.week', { week: isoWeek(day) })}>
      {daysFrom(monday, addDays(monday, 6)).map((one) => (
        <button key={one} type="button" data-turn={one} data-today={one === today() || undefined} aria-current={one === day ? 'date' : undefined} onClick={() => open(one)}>
          <DayName day={one} />
        </button>
      ))}
    </div>
  );
}
