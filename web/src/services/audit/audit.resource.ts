// AuditEvents (http://hl7.org/fhir/R4/auditevent.html) as rows: when, who, what, on which record, with what outcome.
import { useInfiniteQuery } from '@tanstack/react-query';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { referenceId, referenceKey } from '../../datatypes/Reference/reference';
import { fhirPage, searchPath, type Query } from '../../fhir/client';
import type { AuditEvent } from '../../fhir/types';

export interface AuditRow {
  id: string;
  at: string | undefined;
  who: string;
  address: string;
  action: string;
  interaction: string;
  outcome: string;
  patientId: string | null;
  what: string;
  purpose: string;
}

export function auditRow(event: AuditEvent): AuditRow {
  const agent = event.agent?.find((a) => a.requestor) ?? event.agent?.[0];
  const entities = event.entity ?? [];
  const patient = entities.map((e) => referenceId(e.what, 'Patient')).find(Boolean) ?? null;
  const target = entities.find((e) => referenceKey(e.what) && !referenceId(e.what, 'Patient')) ?? entities.find((e) => e.what || e.query || e.name);
  return {
    id: event.id ?? '',
    at: event.recorded,
    who: agent?.name ?? agent?.altId ?? agent?.who?.display ?? agent?.who?.identifier?.value ?? referenceKey(agent?.who) ?? '',
    address: agent?.network?.address ?? '',
    action: event.action ?? '',
    interaction: event.subtype?.[0]?.code ?? event.subtype?.[0]?.display ?? '',
    outcome: event.outcome ?? '0',
    patientId: patient,
    what: referenceKey(target?.what) ?? target?.what?.reference ?? target?.what?.identifier?.value ?? target?.name ?? target?.type?.code ?? '',
    purpose: conceptText(event.purposeOfEvent?.[0] ?? agent?.purposeOfUse?.[0]),
  };
}

export interface AuditFilter {
  agent: string;
  patient: string;
  action: string;
  outcome: string;
  from: string;
  to: string;
}

export const NO_FILTER: AuditFilter = { agent: '', patient: '', action: '', outcome: '', from: '', to: '' };

export function auditQuery(filter: AuditFilter): Query {
  const date = [filter.from && `ge${filter.from}`, filter.to && `le${filter.to}`].filter(Boolean);
  return {
    'agent-name': filter.agent.trim() || undefined,
    patient: filter.patient.trim() || undefined,
    action: filter.action || undefined,
    outcome: filter.outcome || undefined,
    date: date.length ? date : undefined,
    _count: '50',
  };
}

export function useAudit(filter: AuditFilter) {
  const query = auditQuery(filter);
  return useInfiniteQuery({
    queryKey: ['fhir', 'AuditEvent', query],
    staleTime: 0,
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const page = await fhirPage<AuditEvent>(pageParam || searchPath('AuditEvent', query), signal);
      return { rows: page.rows.map(auditRow), next: page.next };
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (previous) => previous,
  });
}
