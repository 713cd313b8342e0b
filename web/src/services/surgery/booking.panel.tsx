import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { mayChange, type Surgery } from './case.resource';
import { OffersPanel } from './offers.panel';

/** Where, when and with whom; or the way to a place in the plan. */
export function BookingPanel({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [looking, setLooking] = useState(false);
  const { booking } = surgery;
  if (looking) return <OffersPanel surgery={surgery} booked={() => setLooking(false)} later={() => setLooking(false)} />;
  return (
    <Panel title={t('surgery.plan')}>
      {booking ? (
        <>
          <p className="mh-booking-when">
            <strong>{formatDate(booking.start, language, true)}</strong>
            <span>{t('surgery.fromTo', { from: formatTime(booking.start, language), to: formatTime(booking.end, language) })}</span>
            <span>{booking.roomName}</span>
          </p>
          <dl className="mh-facts">
            {booking.team.map(({ role, ref, name }) => (
              <div key={`${role}${ref}`} className="mh-fact-row"><dt>{t(`surgery.team.${role}` as 'surgery.team.surgeon')}</dt><dd>{name}</dd></div>
            ))}
          </dl>
        </>
      ) : (
        <p className="mh-empty">{t('surgery.notBooked')}</p>
      )}
      {!booking && mayChange(surgery) && (
        <div className="mh-actions"><Button onClick={() => setLooking(true)}>{t('surgery.findSlot')}</Button></div>
      )}
    </Panel>
  );
}
