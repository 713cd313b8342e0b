import { Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconLockOpen, IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { mayAny, useMe } from '../../fhir/session';
import { LONGEST_REASON, SHORTEST_REASON, useBreakGlass } from './break-glass.resource';
import './account.css';

/** A chart, or a part of it, that the person has no tie to: why, and the way in for an emergency. */
export default function Refused({ patientId, whole }: { patientId: string; whole: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const offered = mayAny(me, ['care']);
  const broken = me.breakGlass.some((glass) => glass.patient === patientId);
  return (
    <section className="mh-refused" data-whole={whole} aria-label={whole ? t('breakGlass.whole') : t('breakGlass.part')}>
      <div className="mh-refused-head">
        <IconShieldLock size={whole ? 28 : 18} stroke={1.6} aria-hidden="true" />
        <div className="mh-grow">
          <h2>{whole ? t('breakGlass.whole') : t('breakGlass.part')}</h2>
          <p>{broken ? t('breakGlass.still') : t('breakGlass.why')}</p>
          {whole && !broken && <p className="mh-quiet">{t('breakGlass.tie')}</p>}
        </div>
        {offered && !broken && !open && (
          <Button variant="default" leftSection={<IconLockOpen size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>{t('breakGlass.offer')}</Button>
        )}
      </div>
      {open && !broken && <BreakGlassForm patientId={patientId} cancel={() => setOpen(false)} />}
    </section>
  );
}

function BreakGlassForm({ patientId, cancel }: { patientId: string; cancel: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const open = useBreakGlass();
  const missing = Math.max(0, SHORTEST_REASON - reason.trim().length);
  return (
    <form
      className="mh-stack-form mh-break"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) open.mutate({ patient: patientId, reason: reason.trim() });
      }}
    >
      <h3 className="mh-inline"><IconAlertTriangle size={18} aria-hidden="true" />{t('breakGlass.title')}</h3>
      <ul>
        <li>{t('breakGlass.read')}</li>
        <li>{t('breakGlass.told')}</li>
        <li>{t('breakGlass.seen')}</li>
      </ul>
      <Textarea
        label={t('breakGlass.reason')}
        description={missing ? t('breakGlass.missing', { count: missing }) : t('breakGlass.enough')}
        placeholder={t('breakGlass.example')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={LONGEST_REASON}
        rows={3}
        autoFocus
      />
      {open.isError && <FailureNotice error={open.error} />}
      <div className="mh-row">
        <Button type="submit" loading={open.isPending} disabled={missing > 0}>{t('breakGlass.open')}</Button>
        <Button variant="default" onClick={cancel}>{t('account.cancel')}</Button>
      </div>
    </form>
  );
}
