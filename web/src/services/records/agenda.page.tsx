import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { useDocuments, type DocumentRow } from './background.resource';
import { AppointmentsPanel } from './visits.panel';
import { usePastAppointments } from './visits.resource';

/** Documents, and appointments to come and past. */
export default function AgendaPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.agenda')}</h2>
      <div className="mh-grid-2">
        <div className="mh-column"><DocumentsPanel patientId={patientId} /></div>
        <div className="mh-column">
          <AppointmentsPanel patientId={patientId} />
          <PastPanel patientId={patientId} />
        </div>
      </div>
    </div>
  );
}

function DocumentsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useDocuments(patientId);
  return (
    <Panel title={t('documents.title')} count={query.data?.rows.length} flush side={query.data && !query.data.complete ? t('common.newestOnly') : null}>
      <Loaded query={query}>
        {({ rows }) => (rows.length ? <ul className="mh-list">{rows.map((row) => <DocumentLine key={row.id} row={row} />)}</ul> : <p className="mh-empty">{t('documents.none')}</p>)}
      </Loaded>
    </Panel>
  );
}

function DocumentLine({ row }: { row: DocumentRow }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className="mh-split">
        <span>
          {row.text === null ? <span className="mh-strong">{row.title}</span> : <button type="button" className="mh-plain mh-strong" aria-expanded={open} onClick={() => setOpen((now) => !now)}>{row.title}</button>}
          <span className="mh-quiet"> {row.author}</span>
        </span>
        <span className="mh-split-side">{row.text === null && <span>{t('documents.notShown', { type: row.type || t('common.notRecorded') })}</span>}<DateText value={row.at} /></span>
      </div>
      {open && <pre className="mh-letter">{row.text}</pre>}
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
