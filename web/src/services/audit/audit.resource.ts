// AuditEvents (http://hl7.org/fhir/R4/auditevent.html) as rows: when, who, what, on which record, with what outcome.
import { useInfiniteQuery } from '@tanstack/react-query';
import { firstCode } from '../../datatypes/CodeableConcept/concept';
import { referenceId, referenceKey } from '../../datatypes/Reference/reference';
import { fhirPage, searchPath, type Query } from '../../fhir/client';
import type { AuditEvent } from '../../fhir/types';

export interface AuditRow {
  id: string;
  at: string | undefined;
  who: string;
  action: string;
  interaction: string;
  outcome: string;
  /** Whose records were touched. */
  patientIds: string[];
  what: string;
  /** What the search asked for, without paging and the patient named beside; empty for other accesses. */
  query: string;
  /** Exactly as it was asked. */
  asked: string;
  purpose: string;
}

/** `AuditEvent.entity.query` is base64 of UTF-8 text. */
function readable(query: string | undefined): string {
  if (!query) return '';
  try {
    const bytes = Uint8Array.from(atob(query), (char) => char.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return '';
  }
}

/** `Observation?patient=1&category=laboratory&_count=50` of patient 1 → `Observation?category=laboratory`. */
export function shortQuery(query: string, patientIds: string[]): string {
  const [type = '', criteria = ''] = query.split('?', 2);
  const kept = criteria.split('&').filter((part) => {
    const [name = '', value = ''] = part.split('=', 2);
    if (name.startsWith('_')) return !['_count', '_sort', '_total', '_include'].includes(name);
    return name !== 'patient' || !patientIds.includes(value.replace('Patient/', ''));
  });
  return kept.some(Boolean) ? `${type}?${kept.join('&')}` : type;
}

export function auditRow(event: AuditEvent): AuditRow {
  const agent = event.agent?.find((a) => a.requestor) ?? event.agent?.[0];
  const entities = event.entity ?? [];
  const patientIds = [...new Set(entities.flatMap((e) => referenceId(e.what, 'Patient') ?? []))];
  const target = entities.find((e) => referenceKey(e.what) && !referenceId(e.what, 'Patient')) ?? entities.find((e) => referenceKey(e.what));
  const query = readable(entities.find((e) => e.query)?.query);
  return {
    id: event.id ?? '',
    at: event.recorded,
    who: agent?.name ?? agent?.altId ?? agent?.who?.display ?? agent?.who?.identifier?.value ?? referenceKey(agent?.who) ?? '',
    action: event.action ?? '',
    interaction: event.subtype?.[0]?.code ?? event.subtype?.[0]?.display ?? '',
    outcome: event.outcome ?? '0',
    patientIds,
    what: query ? '' : (referenceKey(target?.what) ?? target?.name ?? ''),
    query: shortQuery(query, patientIds),
    asked: query,
    purpose: firstCode(event.purposeOfEvent?.[0] ?? agent?.purposeOfUse?.[0]),
  };
}

export interface AuditFilter {
  agent: string;
  patient: string;
  action: string;
  outcome: string;
  from: string;
  to: string;
  /** Only what break-glass alone opened. */
  glass: boolean;
}

export const NO_FILTER: AuditFilter = { agent: '', patient: '', action: '', outcome: '', from: '', to: '', glass: false };

export function auditQuery(filter: AuditFilter): Query {
  const date = [filter.from && `ge${filter.from}`, filter.to && `le${filter.to}`].filter(Boolean);
  return {
    altid: filter.agent.trim() || undefined,
    patient: filter.patient.trim() || undefined,
    action: filter.action || undefined,
    outcome: filter.outcome || undefined,
    date: date.length ? date : undefined,
    policy: filter.glass ? 'urn:medhub:break-glass' : undefined,
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
