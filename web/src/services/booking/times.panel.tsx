import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../datatypes/Date/clinic';
import { clinicDay, formatDate, formatTime } from '../../datatypes/Date/format';
import { Loaded } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { isLapsed, useSlots, type Proof, type Slot } from './visit.resource';

const DAYS = 14;

interface TimesProps { proof: Proof; from: string; to: string; slot: Slot | null; choose: (slot: Slot) => void; lapsed: () => void }

/** The free times of two weeks, day by day; nothing is told of who has the others. */
export function TimesPanel({ proof, from, to, slot, choose, lapsed }: TimesProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [first, setFirst] = useState(from);
  const query = useSlots(proof, first);
  const over = isLapsed(query.error);
  useEffect(() => {
    if (over) lapsed();
  }, [over, lapsed]);
  return (
    <section aria-label={t('booking.times')}>
      <h2>{t('booking.times')}</h2>
      <Loaded query={query}>
        {(slots) => {
          const days = [...new Set(slots.map(({ start }) => clinicDay(new Date(start))))];
          return (
            <>
              {days.length === 0 && <p>{t('booking.noTime')}</p>}
              {days.map((day) => (
                <div key={day} role="group" aria-label={formatDate(day, language, true) ?? day} className="mh-visit-day">
                  <strong>{formatDate(day, language, true)}</strong>
                  <div>
                    {slots.filter(({ start }) => clinicDay(new Date(start)) === day).map((one) => (
                      <button key={one.start} type="button" aria-pressed={one.start === slot?.start} onClick={() => choose(one)}>{formatTime(one.start, language)}</button>
                    ))}
                  </div>
                </div>
              ))}
            </>
          );
        }}
      </Loaded>
      <div className="mh-visit-acts">
        {first > from && <Button variant="default" onClick={() => setFirst(addDays(first, -DAYS) < from ? from : addDays(first, -DAYS))}>{t('booking.before')}</Button>}
        {addDays(first, DAYS) <= to && <Button variant="default" onClick={() => setFirst(addDays(first, DAYS))}>{t('booking.after')}</Button>}
      </div>
    </section>
  );
}
