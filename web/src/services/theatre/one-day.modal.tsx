import { Button, Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { useLanguage } from '../../i18n';
import type { Resources } from './board.resource';
import { useFrame, type Vacation } from './blocks.resource';

interface OneDayProps { vacation: Vacation; day: string; resources: Resources; edit: () => void; close: () => void }

/** A vacation on one day: given back to everybody, or taken over by another surgeon. */
export function OneDayModal({ vacation, day, resources, edit, close }: OneDayProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const others = resources.people.filter(({ roles, ref }) => roles.includes('surgeon') && ref !== vacation.owner);
  const [owner, setOwner] = useState(others[0]?.ref ?? '');
  const send = useFrame();
  const path = `theatre/blocks/${encodeURIComponent(vacation.id)}`;
  return (
    <Modal opened onClose={close} title={t('theatre.vacation')} size={560} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <p className="mh-move-who"><strong>{vacation.ownerName}</strong> · {vacation.roomName} · {formatDate(day, language, true)}, {vacation.from} – {vacation.until}</p>
      <p className="mh-quiet">{t('theatre.releaseRule', { count: vacation.release })}</p>
      <div className="mh-actions mh-one-day">
        <Button variant="default" loading={send.isPending} onClick={() => send.mutate({ method: 'POST', path: `${path}/release`, body: { day } }, { onSuccess: close })}>{t('theatre.releaseDay')}</Button>
        <Button variant="default" onClick={edit}>{t('theatre.editBlock')}</Button>
      </div>
      <div className="mh-actions mh-one-day">
        <NativeSelect label={t('theatre.takeBy')} value={owner} onChange={(event) => setOwner(event.currentTarget.value)} data={others.map(({ ref, name }) => ({ value: ref, label: name }))} />
        <Button variant="default" disabled={!owner} loading={send.isPending} onClick={() => send.mutate({ method: 'POST', path: `${path}/take`, body: { day, owner } }, { onSuccess: close })}>{t('theatre.take')}</Button>
      </div>
      {send.isError && <FailureNotice error={send.error} />}
    </Modal>
  );
}
