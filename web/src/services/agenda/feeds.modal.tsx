import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { useAgendaSend, useFeeds } from './agenda.resource';
import { ImportPanel } from './import.panel';

/** The calendar feed of the signed-in person: made, shown once, revoked; and their own calendar, brought in. */
export function FeedsModal({ person, close }: { person: string | null; close: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const feeds = useFeeds();
  const make = useAgendaSend<{ id: string; url: string }>();
  const revoke = useAgendaSend();
  const [copied, setCopied] = useState(false);
  const address = make.data ? new URL(make.data.url, window.location.origin).href : null;
  return (
    <Modal opened onClose={close} title={t('agenda.feedsTitle')} size={640} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <p className="mh-quiet">{t('agenda.feedsHint')}</p>
      {address && (
        <div className="mh-agenda-feed">
          <p className="mh-warn mh-inline"><IconAlertTriangle size={16} aria-hidden="true" /> {t('agenda.once')}</p>
          <div className="mh-secret"><code data-testid="feed">{address}</code><Button size="compact-sm" variant="default" onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}>{t(copied ? 'agenda.copied' : 'agenda.copy')}</Button></div>
        </div>
      )}
      <Loaded query={feeds}>
        {(rows) =>
          rows.length ? (
            <ul className="mh-list mh-agenda-feeds">
              {rows.map((feed) => (
                <li key={feed.id}>
                  <span>{feed.created ? t('agenda.feedOf', { at: formatDateTime(feed.created, language) ?? '' }) : feed.id} <span className="mh-quiet">{feed.lastUsed ? t('agenda.lastUsed', { at: formatDateTime(feed.lastUsed, language) ?? '' }) : t('agenda.neverUsed')}</span></span>
                  <Button size="compact-sm" variant="default" className="mh-danger" loading={revoke.isPending} onClick={() => revoke.mutate({ method: 'DELETE', path: `calendar-feeds/${encodeURIComponent(feed.id)}` })}>{t('agenda.revoke')}</Button>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('agenda.noFeed')}</p>
          )
        }
      </Loaded>
      {person && <ImportPanel person={person} />}
      {make.isError && <FailureNotice error={make.error} />}
      {revoke.isError && <FailureNotice error={revoke.error} />}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={close}>{t('common.close')}</Button>
        <Button loading={make.isPending} onClick={() => { setCopied(false); make.mutate({ method: 'POST', path: 'calendar-feeds', body: {} }); }}>{t('agenda.newFeed')}</Button>
      </div>
    </Modal>
  );
}
