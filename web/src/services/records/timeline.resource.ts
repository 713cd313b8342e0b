// The timeline merges several types that the server pages each by itself, newest first. Only what is newer than
// the oldest row of every unfinished type is shown: so nothing is ever inserted above what was already read.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { sideOf, type Side } from '../../datatypes/CodeableConcept/laterality';
import { fhirPage, searchPath } from '../../fhir/client';
import type { Encounter, Event, Resource } from '../../fhir/types';
import { encounterRow } from './visits.resource';

export const EVENT_TYPES = ['Encounter', 'Procedure', 'Condition', 'DiagnosticReport', 'Composition', 'Immunization'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

// The search parameter that is each type's own clinical date: the server's default order.
const SORT: Record<EventType, string> = { Encounter: '-date', Procedure: '-date', Condition: '-recorded-date', DiagnosticReport: '-date', Composition: '-date', Immunization: '-date' };

export interface EventRow {
  key: string;
  type: EventType;
  at: string;
  end: string | undefined;
  title: string;
  detail: string;
  side: Side | null;
  status: string;
}

function eventDate(event: Event & { recordedDate?: string; onsetDateTime?: string }): string {
  return (
    event.performedDateTime ?? event.performedPeriod?.start ?? event.occurrenceDateTime ?? event.effectiveDateTime ??
    event.effectivePeriod?.start ?? event.recordedDate ?? event.onsetDateTime ?? event.issued ?? event.date ?? ''
  );
}

export function eventRow(resource: Resource): EventRow {
  const key = `${resource.resourceType}/${resource.id}`;
  if (resource.resourceType === 'Encounter') {
    const row = encounterRow(resource as Encounter);
    const detail = [row.reason, row.practitioners.join(', ')].filter(Boolean).join(' · ');
    return { key, type: 'Encounter', at: row.start ?? '', end: row.end, title: row.title, detail, side: null, status: row.status };
  }
  const event = resource as Event;
  return {
    key,
    type: resource.resourceType as EventType,
    at: eventDate(event),
    end: event.performedPeriod?.end,
    title: event.title ?? conceptText(event.code ?? event.vaccineCode ?? event.type),
    detail: '',
    side: sideOf(event.bodySite),
    status: event.status ?? '',
  };
}

interface Pages { pages: { rows: EventRow[]; next: string | null }[] }

function stream(data: Pages | undefined): Stream {
  return { rows: data?.pages.flatMap((page) => page.rows) ?? [], more: data !== undefined && data.pages.at(-1)?.next !== null };
}

export interface Stream { rows: EventRow[]; more: boolean }

/** Rows that are safe to show, newest first, and which streams (by index) must be read on to show more. */
export function mergeStreams(streams: Stream[]): { rows: EventRow[]; behind: number[] } {
  const oldest = streams.map((s) => (s.more ? (s.rows.at(-1)?.at ?? '\uffff') : ''));
  const horizon = oldest.reduce((a, b) => (a > b ? a : b), '');
  const rows = streams.flatMap((s) => s.rows).filter((row) => row.at >= horizon);
  return {
    rows: rows.sort((a, b) => b.at.localeCompare(a.at)),
    behind: oldest.flatMap((at, index) => (at === horizon && streams[index]?.more ? [index] : [])),
  };
}

export function useEvents(patientId: string, type: EventType, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ['fhir', 'event', type, patientId],
    enabled,
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const page = await fhirPage<Resource>(pageParam || searchPath(type, { patient: patientId, _sort: SORT[type], _count: '100' }), signal);
      return { rows: page.rows.map(eventRow), next: page.next };
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useTimeline(patientId: string, shown: ReadonlySet<EventType>) {
  const encounter = useEvents(patientId, 'Encounter', shown.has('Encounter'));
  const procedure = useEvents(patientId, 'Procedure', shown.has('Procedure'));
  const condition = useEvents(patientId, 'Condition', shown.has('Condition'));
  const report = useEvents(patientId, 'DiagnosticReport', shown.has('DiagnosticReport'));
  const composition = useEvents(patientId, 'Composition', shown.has('Composition'));
  const immunization = useEvents(patientId, 'Immunization', shown.has('Immunization'));
  const queries = [encounter, procedure, condition, report, composition, immunization].filter((_, index) => shown.has(EVENT_TYPES[index] as EventType));
  const data = [encounter.data, procedure.data, condition.data, report.data, composition.data, immunization.data];
  const merged = useMemo(
    () => mergeStreams(data.filter((_, index) => shown.has(EVENT_TYPES[index] as EventType)).map(stream)),
    // react-query keeps the identity of data that did not change: six lists at most are compared.
    // oxlint-disable-next-line react/exhaustive-deps
    [...data, shown],
  );
  const failed = queries.find((query) => query.isError);
  return {
    rows: merged.rows,
    more: merged.behind.length > 0,
    pending: queries.some((query) => query.isPending),
    busy: queries.some((query) => query.isFetchingNextPage),
    error: failed?.error ?? null,
    retry: () => queries.filter((query) => query.isError).forEach((query) => void query.refetch()),
    readOn: () => merged.behind.forEach((index) => void queries[index]?.fetchNextPage()),
  };
}
