import { Button, FileButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { getJson } from '../../fhir/http';
import { API, useSend } from '../../fhir/verbs';
import { useLanguage } from '../../i18n';

interface Stands { absences: number; importedAt: string | null }
interface Imported extends Stands { skipped: number; unread: number; conflicts: { id: string; number: string; start: string; room: string | null }[] }

/** One's own calendar as absences: a file, what came of it, and the way back. */
export function ImportPanel({ person }: { person: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const again = useRef<() => void>(null);
  const path = `theatre/people/${encodeURIComponent(person)}/calendar`;
  const key = `calendar-import-${person}`;
  const query = useQuery({ queryKey: [key], queryFn: ({ signal }) => getJson<Stands>(`${API}${path}`, signal) });
  const send = useSend<Imported>(key);
  const at = (moment: string) => formatDateTime(moment, language) ?? '';
  const bring = async (chosen: File | null) => {
    if (!chosen) return;
    send.mutate({ method: 'PUT', path, body: { ics: await chosen.text() } });
    again.current?.();
  };
  const came = send.isSuccess && send.data && 'conflicts' in send.data ? send.data : null;
  return (
    <section className="mh-agenda-import" aria-labelledby="calendar-import">
      <h3 id="calendar-import">{t('agenda.importTitle')}</h3>
      <p className="mh-quiet">{t('agenda.importHint')}</p>
      <div className="mh-row">
        <FileButton resetRef={again} accept=".ics,text/calendar" onChange={(chosen) => void bring(chosen)}>{(props) => <Button {...props} size="compact-sm" variant="default" loading={send.isPending}>{t('agenda.importFile')}</Button>}</FileButton>
        {query.data && query.data.absences > 0 && <Button size="compact-sm" variant="default" className="mh-danger" loading={send.isPending} onClick={() => send.mutate({ method: 'DELETE', path })}>{t('agenda.importRemove')}</Button>}
      </div>
      {query.data && <p role="status" data-testid="imported">{query.data.importedAt ? `${t('agenda.imported', { count: query.data.absences })} ${t('agenda.importedAt', { at: at(query.data.importedAt) })}` : t('agenda.importNone')}</p>}
      {came && came.skipped > 0 && <p className="mh-quiet">{t('agenda.importSkipped', { count: came.skipped })}</p>}
      {came && came.unread > 0 && <p className="mh-warn">{t('agenda.importUnread', { count: came.unread })}</p>}
      {came && came.conflicts.length > 0 && (
        <div className="mh-warn">
          <p>{t('agenda.importConflicts', { count: came.conflicts.length })}</p>
          <ul className="mh-list">{came.conflicts.map(({ id, number, start, room }) => <li key={id}>{at(start)} · {room} · {number}</li>)}</ul>
        </div>
      )}
      {send.isError && <FailureNotice error={send.error} />}
    </section>
  );
}
