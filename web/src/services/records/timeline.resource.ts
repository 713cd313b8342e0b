// The timeline merges several types that the server pages each by itself, newest first. Only what is newer than
// the oldest row of every unfinished type is shown: so nothing is ever inserted above what was already read.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { conceptText, firstCode } from '../../datatypes/CodeableConcept/concept';
import { sideOf, type Side } from '../../datatypes/CodeableConcept/laterality';
import { fhirPage, searchPath } from '../../fhir/client';
import type { CodeableConcept, Encounter, Event, Reference, Resource } from '../../fhir/types';
import { encounterRow } from './visits.resource';

export const EVENT_TYPES = ['Encounter', 'Procedure', 'Condition', 'DiagnosticReport', 'Composition', 'Immunization', 'DocumentReference', 'MedicationRequest'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

// The search parameter that is each type's own clinical date: the server's default order.
const SORT: Record<EventType, string> = { Encounter: '-date', Procedure: '-date', Condition: '-recorded-date', DiagnosticReport: '-date', Composition: '-date', Immunization: '-date', DocumentReference: '-date', MedicationRequest: '-authoredon' };

// What a line shows; the rest of a body is read when the line is opened.
const ELEMENTS: Record<EventType, string> = {
  Encounter: 'period,class,type,reasonCode,participant,status',
  Procedure: 'code,performedDateTime,performedPeriod,performedString,bodySite,status',
  Condition: 'code,recordedDate,onsetDateTime,bodySite,clinicalStatus,verificationStatus',
  DiagnosticReport: 'code,effectiveDateTime,effectivePeriod,issued,status',
  Composition: 'title,type,date,status,author',
  Immunization: 'vaccineCode,occurrenceDateTime,status',
  DocumentReference: 'type,description,date,status,author',
  MedicationRequest: 'medicationCodeableConcept,authoredOn,status,dosageInstruction',
};
const PAGE = '200';

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

function eventDate(event: Event & { recordedDate?: string; onsetDateTime?: string; authoredOn?: string }): string {
  return (
    event.authoredOn ?? event.performedDateTime ?? event.performedPeriod?.start ?? event.occurrenceDateTime ?? event.effectiveDateTime ??
    event.effectivePeriod?.start ?? event.recordedDate ?? event.onsetDateTime ?? event.issued ?? event.date ?? ''
  );
}

interface Told { description?: string; medicationCodeableConcept?: CodeableConcept; dosageInstruction?: { text?: string }[]; author?: Reference[]; verificationStatus?: CodeableConcept }

export function eventRow(resource: Resource): EventRow {
  const key = `${resource.resourceType}/${resource.id}`;
  if (resource.resourceType === 'Encounter') {
    const row = encounterRow(resource as Encounter);
    const detail = [row.reason, row.practitioners.join(', ')].filter(Boolean).join(' · ');
    return { key, type: 'Encounter', at: row.start ?? '', end: row.end, title: row.title, detail, side: null, status: row.status };
  }
  const event = resource as Event & Told;
  return {
    key,
    type: resource.resourceType as EventType,
    at: eventDate(event),
    end: event.performedPeriod?.end,
    title: event.title ?? event.description ?? conceptText(event.code ?? event.vaccineCode ?? event.medicationCodeableConcept ?? event.type),
    detail: event.dosageInstruction?.[0]?.text ?? (event.author ?? []).flatMap((one) => one.display ?? []).join(', '),
    side: sideOf(event.bodySite),
    status: event.status ?? firstCode(event.verificationStatus),
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

export function useEvents(patientId: string, type: EventType, enabled: boolean, before: number | null = null) {
  return useInfiniteQuery({
    queryKey: ['fhir', type, 'event', patientId, before],
    enabled,
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const page = await fhirPage<Resource>(pageParam || searchPath(type, { patient: patientId, _sort: SORT[type], _count: PAGE, _elements: ELEMENTS[type], ...(before ? { [SORT[type].slice(1)]: `lt${before + 1}-01-01` } : {}) }), signal);
      return { rows: page.rows.map(eventRow).filter((row) => row.status !== 'entered-in-error'), next: page.next };
    },
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

export function useTimeline(patientId: string, shown: ReadonlySet<EventType>, before: number | null) {
  const encounter = useEvents(patientId, 'Encounter', shown.has('Encounter'), before);
  const procedure = useEvents(patientId, 'Procedure', shown.has('Procedure'), before);
  const condition = useEvents(patientId, 'Condition', shown.has('Condition'), before);
  const report = useEvents(patientId, 'DiagnosticReport', shown.has('DiagnosticReport'), before);
  const composition = useEvents(patientId, 'Composition', shown.has('Composition'), before);
  const immunization = useEvents(patientId, 'Immunization', shown.has('Immunization'), before);
  const letter = useEvents(patientId, 'DocumentReference', shown.has('DocumentReference'), before);
  const prescription = useEvents(patientId, 'MedicationRequest', shown.has('MedicationRequest'), before);
  const queries = [encounter, procedure, condition, report, composition, immunization, letter, prescription].filter((_, index) => shown.has(EVENT_TYPES[index] as EventType));
  const data = [encounter.data, procedure.data, condition.data, report.data, composition.data, immunization.data, letter.data, prescription.data];
  const merged = useMemo(
    () => mergeStreams(data.filter((_, index) => shown.has(EVENT_TYPES[index] as EventType)).map(stream)),
    // react-query keeps the identity of data that did not change: eight lists at most are compared.
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

/** The years of the record, newest first: from its oldest encounter or problem to the newest year. */
export function useYears(patientId: string, newest: number) {
  return useQuery({
    queryKey: ['fhir', 'Encounter', 'years', patientId],
    queryFn: async ({ signal }) => {
      const { rows } = await fhirPage<Encounter>(searchPath('Encounter', { patient: patientId, _sort: 'date', _count: '1', _elements: 'period' }), signal);
      const oldest = Number(rows[0]?.period?.start?.slice(0, 4)) || newest;
      return Array.from({ length: Math.min(120, newest - oldest + 1) }, (_, index) => newest - index);
    },
  });
}
