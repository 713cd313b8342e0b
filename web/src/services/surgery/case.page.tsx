import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../fhir/live';
import { useQueryClient } from '@tanstack/react-query';
import { Loaded } from '../../design/Panel';
import type { PageProps } from '../../slots';
import { ActLine } from './act-line.panel';
import { BookingPanel } from './booking.panel';
import { CaseActs } from './case-acts.panel';
import { surgeryKey, useSurgery, type Surgery } from './case.resource';
import { ChecksPanel } from './checks.panel';
import { HistoryPanel } from './history.panel';
import { MilestonesPanel } from './milestones.panel';
import { RequestPanel } from './request.panel';
import { Steps } from './steps.panel';
import { TapsNotice } from './taps.panel';
import './surgery.css';

const WATCHED = ['ServiceRequest', 'Appointment', 'Procedure', 'QuestionnaireResponse'] as const;

/** One operation: where it stands, what was asked for, where and with whom, what is checked, what happened. */
export default function CasePage({ PatientFrame, CaseTabs }: PageProps) {
  const { surgeryId } = useParams({ strict: false }) as { surgeryId: string };
  const query = useSurgery(surgeryId);
  const queries = useQueryClient();
  useLive(WATCHED, () => void queries.invalidateQueries({ queryKey: surgeryKey(surgeryId) }), query.data?.patient);
  useEffect(() => () => queries.removeQueries({ queryKey: surgeryKey(surgeryId), type: 'inactive' }), [queries, surgeryId]);
  return (
    <>
      {query.data && (
        <PatientFrame patientId={query.data.patient}>
          <ActLine surgery={query.data} strong />
          <CaseTabs surgery={surgeryId} />
        </PatientFrame>
      )}
      <div className="mh-page">
        <Loaded query={query}>{(surgery) => <Body surgery={surgery} />}</Loaded>
      </div>
    </>
  );
}

function Body({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="mh-page-head">
        <h1 className="mh-title">{t('surgery.caseTitle', { number: surgery.number })}</h1>
        <div className="mh-grow"><Steps status={surgery.status} /></div>
        <TapsNotice surgery={surgery.id} />
      </div>
      {surgery.reason && <p className="mh-notice mh-notice-warn mh-case-reason">{surgery.reason}</p>}
      <CaseActs surgery={surgery} />
      <div className="mh-grid-2">
        <div className="mh-column">
          <RequestPanel surgery={surgery} />
          <ChecksPanel surgery={surgery} />
        </div>
        <div className="mh-column">
          <BookingPanel surgery={surgery} />
          <MilestonesPanel surgery={surgery} />
          <HistoryPanel surgery={surgery.id} />
        </div>
      </div>
    </>
  );
}
