import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { useDocuments, type DocumentRow } from './background.resource';
import { DocumentView } from './document.panel';
import { AppointmentsPanel } from './visits.panel';
import { usePastAppointments } from './visits.resource';

/** Documents, and appointments to come and past; or the document that is read (`?document=`). */
export default function AgendaPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { document } = useSearch({ strict: false }) as { document?: string };
  const navigate = useNavigate();
  const back = useCallback(() => void navigate({ to: `/patients/${patientId}/agenda` }), [navigate, patientId]);
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.agenda')}</h2>
      {document ? <DocumentView key={document} id={document} back={back} /> : <div className="mh-grid-2">
        <div className="mh-column"><DocumentsPanel patientId={patientId} /></div>
        <div className="mh-column">
          <AppointmentsPanel patientId={patientId} />
          <PastPanel patientId={patientId} />
        </div>
      </div>}
    </div>
  );
}

function DocumentsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useDocuments(patientId);
  return (
    <Panel title={t('documents.title')} count={query.data?.rows.length} flush side={query.data && !query.data.complete ? t('common.newestOnly') : null}>
      <Loaded query={query}>
        {({ rows }) => (rows.length ? <ul className="mh-list">{rows.map((row) => <DocumentLine key={row.id} row={row} patientId={patientId} />)}</ul> : <p className="mh-empty">{t('documents.none')}</p>)}
      </Loaded>
    </Panel>
  );
}

function DocumentLine({ row, patientId }: { row: DocumentRow; patientId: string }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="mh-split">
        <span>
          <Link className="mh-strong" to={`/patients/${patientId}/agenda`} search={{ document: row.id } as never}>{row.title || t('timeline.untitled')}</Link>
          <span className="mh-quiet"> {row.author}</span>
        </span>
        <span className="mh-split-side"><DateText value={row.at} /></span>
      </div>
    </li>
  );
}

function PastPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = usePastAppointments(patientId);
  return (
    <Panel title={t('documents.past')} count={query.data?.length} flush>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ul className="mh-list">
              {rows.map((row) => (
                <li key={row.id} className="mh-split">
                  <span><span className="mh-strong">{row.title || t('appointments.untitled')}</span> <span className="mh-quiet">{row.who.join(', ')}</span></span>
                  <span className="mh-split-side"><DateText value={row.start} time /> <span>{codeText('appointmentStatus', row.status)}</span></span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('documents.noPast')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
