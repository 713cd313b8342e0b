import { useTranslation } from 'react-i18next';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { AllergiesPanel } from './allergies.panel';
import { ProblemsPanel } from './problems.panel';
import { useEvents, type EventType } from './timeline.resource';

/** Antécédents: all problems, all allergies, procedures, immunizations. */
export default function HistoryPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.history')}</h2>
      <div className="mh-grid-2">
        <div className="mh-column">
          <ProblemsPanel patientId={patientId} all />
        </div>
        <div className="mh-column">
          <AllergiesPanel patientId={patientId} past />
          <EventsPanel patientId={patientId} type="Procedure" />
          <EventsPanel patientId={patientId} type="Immunization" />
        </div>
      </div>
    </div>
  );
}

function EventsPanel({ patientId, type }: { patientId: string; type: EventType }) {
  const { t } = useTranslation();
  const query = useEvents(patientId, type, true);
  const rows = query.data?.pages.flatMap((page) => page.rows);
  return (
    <Panel title={t(`history.${type as 'Procedure' | 'Immunization'}`)} count={rows?.length} flush side={query.hasNextPage ? t('common.newestOnly') : null}>
      <Loaded query={query}>
        {() =>
          rows?.length ? (
            <ul className="mh-list">
              {rows.map((row) => (
                <li key={row.key} className="mh-split">
                  <span>{row.title} <SideMark side={row.side} /></span>
                  <span className="mh-split-side"><DateText value={row.at} /></span>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('history.none')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
