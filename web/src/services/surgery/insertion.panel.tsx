import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatTime } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { postJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import { useLanguage } from '../../i18n';
import { ActLine } from './act-line.panel';
import type { Surgery } from './case.resource';
import { OffersPanel } from './offers.panel';

interface Moved { case: string; number: string; act: string; from: { room: string; start: string } | null; to: { room: string; start: string } | null }
interface Insertion { at: { room: string; roomName: string; start: string; end: string } | null; moves: Moved[]; proposal: string }

/** Where the emergency fits with the least disturbance; whose hours change is said before anything is changed. */
export function InsertionPanel({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const asked = useQuery({ queryKey: ['surgery-insertion', surgery.id], gcTime: 0, queryFn: () => postJson<Insertion>(`${API}theatre/emergency`, { case: `ServiceRequest/${surgery.id}` }) });
  const apply = useMutation({
    mutationFn: (proposal: string) => postJson(`${API}theatre/emergency/${encodeURIComponent(proposal)}/apply`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: ['surgery'] }),
  });
  const at = asked.data?.at;
  const others = asked.data?.moves.filter((move) => !move.case.endsWith(surgery.id)) ?? [];
  return (
    <div className="mh-column mh-op-narrow">
      <Panel title={t('surgery.insertion')} side={<ActLine surgery={surgery} />}>
        <Loaded query={asked}>
          {(found) => (
            <>
              {at ? <p className="mh-insertion">{at.roomName} <IconArrowRight size={16} aria-hidden="true" /> <strong>{formatDateTime(at.start, language)}</strong></p> : <p className="mh-empty">{t('surgery.insertionNone')}</p>}
              {at && <p className={others.length ? 'mh-warn' : 'mh-quiet'}>{others.length ? t('surgery.insertionMoves', { count: others.length }) : t('surgery.insertionFree')}</p>}
              {others.length > 0 && (
                <ul className="mh-list">
                  {others.map((move) => (
                    <li key={move.case}>
                      {move.number} · {move.act} · {formatTime(move.from?.start, language)} → {move.to ? formatDateTime(move.to.start, language) : t('surgery.insertionOut')}
                    </li>
                  ))}
                </ul>
              )}
              {apply.isError && <FailureNotice error={apply.error} />}
              <div className="mh-actions mh-actions-end">
                <Link to={`/surgeries/${surgery.id}`}>{t('surgery.openCase')}</Link>
                <span className="mh-grow mh-field-ok" role="status">{apply.isSuccess && t('surgery.insertionDone')}</span>
                {at && found && !apply.isSuccess && <Button size="md" loading={apply.isPending} onClick={() => apply.mutate(found.proposal)}>{t('surgery.insertionApply')}</Button>}
              </div>
            </>
          )}
        </Loaded>
      </Panel>
      {asked.data && !at && <OffersPanel surgery={surgery} booked={() => void queries.invalidateQueries({ queryKey: ['surgery'] })} />}
    </div>
  );
}
