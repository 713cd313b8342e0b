import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLoader2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import type { Conflict, Offer } from './board.resource';

/** Why a place is not free: the sentence of the server, who holds it, and for how long. */
export function Conflicts({ conflicts }: { conflicts: Conflict[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <ul className="mh-clashes">
      {conflicts.map((one) => (
        <li key={`${one.kind}${one.resource}${one.from}${one.holder ?? ''}`}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>
            <strong>{one.text}</strong>
            {one.minutes > 0 && <span className="mh-clash-facts">{[one.name, one.holder, `${formatTime(one.from, language) ?? ''} – ${formatTime(one.until, language) ?? ''}`, t('theatre.minutes', { minutes: one.minutes })].filter(Boolean).join(' · ')}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The nearest places that are free, each one press away. */
export function Offers({ offers, take, busy }: { offers: Offer[]; take: (offer: Offer) => void; busy: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="mh-offers" role="group" aria-label={t('theatre.offers')}>
      <span className="mh-quiet">{t(offers.length ? 'theatre.offers' : 'theatre.noOffer')}</span>
      {offers.map((offer, index) => (
        <Button key={`${index}${offer.room}${offer.start}`} size="compact-md" variant="default" disabled={busy} onClick={() => take(offer)}>
          {offer.text}
        </Button>
      ))}
    </div>
  );
}

interface VerdictProps {
  state: 'asked' | 'free' | 'taken';
  /** Who and what is held. */
  title: string;
  conflicts: Conflict[];
  offers: Offer[];
  busy: boolean;
  take?: (offer: Offer) => void;
  leave?: () => void;
}

/** What the server says of the place under the hand; after a refusal, the places instead. */
export function VerdictBar({ state, title, conflicts, offers, busy, take, leave }: VerdictProps) {
  const { t } = useTranslation();
  const Mark = state === 'free' ? IconCheck : state === 'taken' ? IconAlertTriangle : IconLoader2;
  return (
    <div className="mh-placing" data-state={state} role={leave ? 'alertdialog' : 'status'} aria-label={title} data-testid="verdict">
      <div className="mh-placing-head">
        <Mark size={18} aria-hidden="true" />
        <strong>{title}</strong>
        <span>{t(`theatre.verdict.${state}`)}</span>
        {leave && <Button size="compact-sm" variant="default" className="mh-placing-leave" onClick={leave}>{t('theatre.leave')}</Button>}
      </div>
      {state === 'taken' && <Conflicts conflicts={conflicts} />}
      {state === 'taken' && take && <Offers offers={offers} take={take} busy={busy} />}
      {state === 'taken' && !take && offers.length > 0 && <p className="mh-quiet">{t('theatre.offers')} {offers.map(({ text }) => text).join(' · ')}</p>}
    </div>
  );
}
