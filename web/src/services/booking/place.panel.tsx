import { Button } from '@mantine/core';
import { IconCalendarPlus, IconListCheck, IconMapPin, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n';
import { icsOf } from './ics';
import { broughtIn, type Place, type Visit } from './visit.resource';

/** Where the appointment is, what to bring, and a file for the patient's own calendar. */
export function PlacePanel({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const brought = broughtIn(visit.bring, language);
  return (
    <>
      {visit.appointment && <Calendar visit={visit} />}
      <section aria-label={t('booking.where')} className="mh-visit-fact">
        <IconMapPin size={22} aria-hidden="true" />
        <div>
          <h2>{t('booking.where')}</h2>
          {visit.place ? <Address place={visit.place} /> : <p>{t('booking.whereUnknown')}</p>}
        </div>
      </section>
      {brought && (
        <section aria-label={t('booking.bring')} className="mh-visit-fact">
          <IconListCheck size={22} aria-hidden="true" />
          <div>
            <h2>{t('booking.bring')}</h2>
            <p className="mh-visit-bring" lang={brought.language}>{brought.said}</p>
          </div>
        </section>
      )}
    </>
  );
}

function Address({ place }: { place: Place }) {
  const { t } = useTranslation();
  return (
    <>
      <address>
        <strong>{place.name}</strong>
        {place.part && <span>{place.part}</span>}
        {place.address.map((line) => <span key={line}>{line}</span>)}
      </address>
      {place.phone && <a className="mh-visit-phone" href={`tel:${place.phone.replace(/[^+\d]/g, '')}`}><IconPhone size={18} aria-hidden="true" />{t('booking.call', { phone: place.phone })}</a>}
    </>
  );
}

function Calendar({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { appointment, place, uid } = visit;
  if (!appointment) return null;
  const save = () => {
    const location = place ? [place.name, place.part ?? '', ...place.address].filter(Boolean).join(', ') : '';
    const text = icsOf({ ...appointment, uid, summary: t('booking.entry'), location }, new Date());
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
    link.download = `${t('booking.entry')}.ics`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return <Button size="lg" variant="default" leftSection={<IconCalendarPlus size={20} aria-hidden="true" />} onClick={save}>{t('booking.calendar')}</Button>;
}
