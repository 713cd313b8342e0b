import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Confirm } from '../../design/Confirm';
import { Loaded, Panel } from '../../design/Panel';
import { useSend } from '../../fhir/verbs';
import { useGlass, type GlassAccess } from './watch.resource';

/** Records that were opened in an emergency: each is looked at by someone else. */
export function GlassPanel() {
  const { t } = useTranslation();
  const glass = useGlass();
  const [reviewing, setReviewing] = useState<GlassAccess | null>(null);
  return (
    <Panel title={t('watch.glass')} count={glass.data?.filter((one) => one.open).length} flush side={t('watch.glassHint')}>
      <Loaded query={glass}>
        {(rows) =>
          rows.length ? (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col" className="mh-tight">{t('watch.when')}</th>
                  <th scope="col">{t('watch.account')}</th>
                  <th scope="col">{t('watch.record')}</th>
                  <th scope="col">{t('watch.reason')}</th>
                  <th scope="col" className="mh-tight">{t('watch.next')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.task}>
                    <td className="mh-tight"><DateText value={row.at} time /></td>
                    <td className="mh-strong">{row.account}</td>
                    <td className="mh-code">{row.patient}</td>
                    <td>{row.reason}</td>
                    <td className="mh-tight">
                      {row.open ? <Button size="compact-sm" variant="default" onClick={() => setReviewing(row)}>{t('watch.review')}</Button> : <span className="mh-tag mh-tag-ok">{t('watch.reviewed')}</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <p className="mh-empty">{t('watch.noGlass')}</p>
          )
        }
      </Loaded>
      {reviewing && <ReviewModal access={reviewing} close={() => setReviewing(null)} />}
    </Panel>
  );
}

function ReviewModal({ access, close }: { access: GlassAccess; close: () => void }) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const send = useSend('break-glass');
  return (
    <Confirm
      title={t('watch.review')}
      action={t('watch.reviewDone')}
      blocked={!note.trim()}
      busy={send.isPending}
      error={send.error}
      run={() => send.mutate({ method: 'POST', path: `break-glass/reviews/${encodeURIComponent(access.task)}`, body: { note: note.trim() } }, { onSuccess: close })}
      close={close}
    >
      <p className="mh-strong">{access.account} · <DateText value={access.at} time /></p>
      <p className="mh-lead">{access.reason}</p>
      <Textarea label={t('watch.reviewNote')} rows={3} value={note} onChange={(event) => setNote(event.currentTarget.value)} data-autofocus />
    </Confirm>
  );
}
