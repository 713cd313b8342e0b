import { Button } from '@mantine/core';
import { IconCalendarCheck, IconCalendarPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { formatNumber } from '../../datatypes/Quantity/number';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { ActLine } from './act-line.panel';
import type { Surgery } from './case.resource';
import { conflictsOf, useBook, type Booked } from './booking.resource';
import { dayAfter, useOffers, type Offer } from './request.resource';

const SHOWN = 6;
const MORE = 6;

interface OffersPanelProps { surgery: Surgery; booked: (booking: Booked) => void; later?: () => void }

/** The nearest places in the plan, each a button that books it. What became impossible meanwhile says why, and what is left. */
export function OffersPanel({ surgery, booked, later }: OffersPanelProps) {
  const { t } = useTranslation();
  const [count, setCount] = useState(SHOWN);
  const [from, setFrom] = useState('');
  const earliest = surgery.notBefore && surgery.notBefore > today() ? surgery.notBefore : today();
  const offers = useOffers(surgery.id, from || earliest, count);
  const book = useBook();
  const refused = conflictsOf(book.error);
  const take = (offer: Offer) => book.mutate({ surgery: surgery.id, offer }, { onSuccess: (booking) => booking && booked(booking) });
  return (
    <Panel title={t('surgery.offers')} count={offers.data?.length} side={<ActLine surgery={surgery} />}>
      {refused ? (
        <div className="mh-notice mh-notice-warn mh-op-conflict" role="alert">
          <div>
            <strong>{t('surgery.conflict')}</strong>
            <ul>{refused.conflicts.map((conflict) => <li key={`${conflict.kind}${conflict.text}`}>{conflict.text}</li>)}</ul>
            {refused.offers.length > 0 && (
              <>
                <p>{t('surgery.conflictInstead')}</p>
                <OfferButtons offers={refused.offers} busy={book.isPending} take={take} />
              </>
            )}
          </div>
        </div>
      ) : (
        book.isError && <FailureNotice error={book.error} />
      )}
      <Loaded query={offers}>
        {(rows) =>
          rows.length ? <OfferButtons offers={rows} busy={book.isPending} take={take} /> : <p className="mh-empty">{t('surgery.noOffers')}</p>
        }
      </Loaded>
      <div className="mh-actions mh-op-offers-foot">
        <Button variant="default" size="compact-md" onClick={() => setCount(count + MORE)} loading={offers.isFetching}>{t('surgery.moreOffers')}</Button>
        <Button variant="default" size="compact-md" onClick={() => setFrom(dayAfter(from || earliest, 7))}>{t('surgery.weekLater')}</Button>
        <span className="mh-grow" />
        {later && <Button variant="default" size="compact-md" onClick={later}>{t('surgery.leaveWaiting')}</Button>}
      </div>
    </Panel>
  );
}

interface OfferButtonsProps { offers: Offer[]; busy: boolean; take: (offer: Offer) => void }

/** What a place costs is told against the best of them: points have no meaning of their own. */
function OfferButtons({ offers, busy, take }: OfferButtonsProps) {
  const { t } = useTranslation();
  const best = Math.min(...offers.map(({ cost }) => cost));
  const language = useLanguage();
  return (
    <ul className="mh-op-offers">
      {offers.map((offer) => (
        <li key={`${offer.room}${offer.start}`}>
          <button type="button" disabled={busy} data-best={offer.cost === best || undefined} onClick={() => take(offer)}>
            <IconCalendarPlus size={18} aria-hidden="true" />
            <span className="mh-offer-when">
              <strong>{formatDate(offer.start, language, true)}</strong>
              <span>{t('surgery.fromTo', { from: formatTime(offer.start, language), to: formatTime(offer.end, language) })}</span>
            </span>
            <span className="mh-offer-where">
              <span>{offer.roomName}</span>
              <span className="mh-quiet">{offer.cost === best ? t('surgery.costBest') : t('surgery.cost', { cost: formatNumber(offer.cost - best, language) })}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What was booked, in one line, and where to go from there. */
export function BookedNotice({ booking, surgery }: { booking: Booked; surgery: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="mh-notice mh-booked" role="status">
      <IconCalendarCheck size={20} aria-hidden="true" />
      <div>
        <strong>{t('surgery.booked', { day: formatDate(booking.start, language, true), from: formatTime(booking.start, language), to: formatTime(booking.end, language) })}</strong>
        {booking.roomName && <> · {booking.roomName}</>}
      </div>
      <Link to={`/surgeries/${surgery}`} className="mh-link-button">{t('surgery.openCase')}</Link>
    </div>
  );
}
