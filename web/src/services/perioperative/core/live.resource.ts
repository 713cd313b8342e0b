// In a theatre two tablets write into one record: what one of them writes stands on the other within a moment.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLive } from '../../../fhir/live';

/** What the record of the theatre is made of. */
const RECORD_TYPES = ['Procedure', 'Observation', 'MedicationAdministration', 'Specimen', 'Device', 'DetectedIssue', 'QuestionnaireResponse', 'Composition', 'Appointment', 'ServiceRequest'] as const;

/** The lists of a case that are asked anew. The consultation before it is a form that somebody may be filling in: it is not. */
const LISTS = ['perioperative', 'anaesthesia', 'recovery', 'implants', 'picklist', 'operative-report'] as const;

/** An entry is several records at once: they are answered together. */
const GATHER_MS = 150;

/** Keeps the record of one case true while a page of it is open; nothing is asked without a change. */
export function useRecordLive(surgery: string, patientId: string | undefined): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive(
    RECORD_TYPES,
    () => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => LISTS.forEach((list) => void queries.invalidateQueries({ queryKey: [list, surgery] })), GATHER_MS);
    },
    patientId,
  );
}
