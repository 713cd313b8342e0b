import { Chip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { Lines } from '../../design/Lines';
import { Loaded, Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { codeText } from '../../i18n/code';
import { useCurrentEncounters, useProgramme, type Programme } from './home.resource';
import { AgeText, GenderText, NameText } from './patient-facts';
import { Row } from './patient-table.panel';
import { usePatients, type PatientView } from './patient.resource';
import { recentIds } from './recent';

export default function ClinicalHome() {
  return (
    <div className="mh-grid-home">
      <div className="mh-column">
        <ProgrammePanel />
      </div>
      <div className="mh-column">
        <RecentPanel />
        <PresentPanel />
      </div>
    </div>
  );
}

function PatientLink({ patient }: { patient: PatientView | null }) {
  const { t } = useTranslation();
  if (!patient) return <span className="mh-absent">{t('common.notRecorded')}</span>;
  return (
    <>
      <Link className="mh-rowlink" to={`/patients/${patient.id}`}>
        <NameText patient={patient} />
      </Link>{' '}
      <span className="mh-quiet mh-nowrap">
        <GenderText gender={patient.gender} />, <AgeText age={patient.age} />
      </span>
    </>
  );
}

function ProgrammePanel() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { practitioner } = useMe();
  const [mine, setMine] = useState(practitioner !== null);
  const query = useProgramme(mine ? practitioner : null);
  const day = query.data?.day ?? today();
  const scope = practitioner && (
    <Chip size="xs" variant="outline" checked={mine} onChange={setMine}>
      {t('home.mine')}
    </Chip>
  );
  return (
    <Panel title={t('home.appointments', { date: formatDate(day, language, true) ?? '' })} count={count(query.data)} side={scope} flush>
      <Loaded query={query}>
        {(programme) => (
          <>
            {programme?.day !== today() && <p className="mh-empty">{t(programme ? 'home.nextDay' : 'home.noAppointments')}</p>}
            {programme && <ProgrammeTable rows={programme.rows} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function ProgrammeTable({ rows }: { rows: Programme['rows'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <table className="mh-table">
      <thead>
        <tr>
          <th scope="col" className="mh-tight">{t('common.time')}</th>
          <th scope="col">{t('home.patient')}</th>
          <th scope="col">{t('home.reason')}</th>
          <th scope="col">{t('home.with')}</th>
          <th scope="col" className="mh-tight">{t('common.status')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, patient }) => (
          <tr key={row.id}>
            <td className="mh-tight mh-strong">{formatTime(row.start, language)}</td>
            <td><PatientLink patient={patient} /></td>
            <td>{row.title}</td>
            <td className="mh-quiet"><Lines texts={row.who} /></td>
            <td className="mh-tight">{codeText('appointmentStatus', row.status)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RecentPanel() {
  const { t } = useTranslation();
  const ids = recentIds(useMe());
  const query = usePatients(ids);
  return (
    <Panel title={t('home.recent')} flush>
      {ids.length === 0 ? (
        <p className="mh-empty">{t('home.noRecent')}</p>
      ) : (
        <Loaded query={query}>
          {(rows) => (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col">{t('search.name')}</th>
                  <th scope="col">{t('search.birthDate')}</th>
                  <th scope="col">{t('search.sex')}</th>
                  <th scope="col">{t('banner.ipp')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((patient, index) => (
                  <Row key={patient.id} patient={patient} index={index} active={false} brief />
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
      )}
    </Panel>
  );
}

function PresentPanel() {
  const { t } = useTranslation();
  const query = useCurrentEncounters();
  return (
    <Panel title={t('home.present')} count={count(query.data)} flush>
      <Loaded query={query}>
        {({ rows }) =>
          rows.length ? (
            <table className="mh-table">
              <thead>
                <tr>
                  <th scope="col">{t('home.patient')}</th>
                  <th scope="col">{t('encounters.encounter')}</th>
                  <th scope="col" className="mh-tight">{t('home.since')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ row, patient }) => (
                  <tr key={row.id}>
                    <td><PatientLink patient={patient} /></td>
                    <td>{row.reason || row.title}</td>
                    <td className="mh-tight"><DateText value={row.start} time /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <p className="mh-empty">{t('home.nobodyPresent')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}

const count = (data: { rows: unknown[]; more: boolean } | null | undefined): string | null => (data ? `${data.rows.length}${data.more ? '+' : ''}` : null);
