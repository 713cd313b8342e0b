// What a person types → a FHIR search on Patient. One field takes a name, a birth date, a record number or an INS.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { today } from '../../datatypes/Date/today';
import { fhirPage, searchPath, type Query } from '../../fhir/client';
import type { Patient } from '../../fhir/types';
import { patientView } from './patient.resource';

// Names are found by their first three letters or more; a shorter word finds only the name that it is (Li, Le Gall).
const PREFIX_LETTERS = 3;
const NAME_LETTERS = 2;

const DATE = /\b(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b/;
const NIR = /\b[1-478]\s?\d{2}\s?\d{2}\s?[0-9][0-9AB]\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b/i;

function isoDate(day: string, month: string, year: string): string | null {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const real = date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1;
  return real ? date.toISOString().slice(0, 10) : null;
}

function takeDate(text: string): { date: string | null; rest: string } {
  const match = DATE.exec(text);
  if (!match) return { date: null, rest: text };
  const date = match[4] ? isoDate(match[6] ?? '', match[5] ?? '', match[4]) : isoDate(match[1] ?? '', match[2] ?? '', match[3] ?? '');
  return date ? { date, rest: text.replace(match[0], ' ') } : { date: null, rest: text };
}

const letters = (word: string) => word.replace(/[^\p{L}]/gu, '').length;

/** Whether finding nobody means only that too little was typed yet. */
export const isShort = (query: Query | null): boolean =>
  !query || (!query.birthdate && !query.identifier && [query.name ?? []].flat().every((word) => letters(word) < PREFIX_LETTERS));

/** The search for what was typed; null while it is too short to ask anything. */
export function patientQuery(typed: string): Query | null {
  const nir = NIR.exec(typed);
  const { date, rest } = takeDate(nir ? typed.replace(nir[0], ' ') : typed);
  const words = rest.split(/[\s,;]+/).filter(Boolean);
  const identifiers = words.filter((word) => /\d/.test(word));
  if (nir) identifiers.push(nir[0].replace(/\s/g, '').toUpperCase());
  const names = words.filter((word) => !/\d/.test(word) && letters(word) >= NAME_LETTERS);
  const query: Query = {};
  if (names.length) query.name = names;
  if (date) query.birthdate = date;
  if (identifiers.length) query.identifier = identifiers;
  return Object.keys(query).length ? query : null;
}

export function usePatientSearch(typed: string, count: number) {
  const query = patientQuery(typed);
  const result = useInfiniteQuery({
    queryKey: ['fhir', 'Patient', 'search', query, count],
    enabled: query !== null,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => fhirPage<Patient>(pageParam || searchPath('Patient', { ...query, _count: String(count) }), signal),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (previous) => (query ? previous : undefined),
  });
  const rows = useMemo(() => {
    const day = today();
    return (result.data?.pages ?? []).flatMap((page) => page.rows.map((patient) => patientView(patient, day)));
  }, [result.data]);
  const found = query ? rows : [];
  return { ...result, rows: found, asked: query !== null && !(found.length === 0 && isShort(query)) };
}
