import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Lines } from '../../design/Lines';
import { Loaded, Panel } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { encounterRow, useLatestEncounters, useNextAppointments } from './visits.resource';

export function EncountersPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useLatestEncounters(patientId, 8);
  return (
    <Panel title={t('encounters.title')} flush side={<Link to={`/patients/${patientId}/timeline`}>{t('common.all')}</Link>}>
      <Loaded query={query}>
        {({ rows }) =>
          rows.length ? (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col" className="mh-tight">{t('common.date')}</th>
                  <th scope="col">{t('encounters.encounter')}</th>
                  <th scope="col">{t('encounters.practitioner')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(encounterRow).map((row) => (
                  <tr key={row.id}>
                    <td className="mh-tight"><DateText value={row.start} /></td>
                    <td>
                      {row.title}
                      {row.status === 'in-progress' && <> <span className="mh-tag mh-tag-accent">{codeText('encounterStatus', row.status)}</span></>}
                      {row.reason && <div className="mh-quiet">{row.reason}</div>}
                    </td>
                    <td className="mh-quiet"><Lines texts={row.practitioners} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <p className="mh-empty">{t('encounters.none')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}

export function AppointmentsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useNextAppointments(patientId, 6);
  return (
    <Panel title={t('appointments.next')} count={query.data?.length} flush>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ul className="mh-list">
              {rows.map((row) => (
                <li key={row.id} className="mh-split">
                  <div>
                    <span className="mh-strong">{row.title || t('appointments.untitled')}</span>
                    <div className="mh-quiet">{row.who.join(', ')}</div>
                  </div>
                  <div className="mh-split-side">
                    <DateText value={row.start} time />
                    <span>{codeText('appointmentStatus', row.status)}</span>
                  </div>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('appointments.none')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
