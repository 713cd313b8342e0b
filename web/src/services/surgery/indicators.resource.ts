// The figures of the theatre. Each has a definition that the server tells, a unit, and the cases that it counts.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryString } from '../../fhir/client';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Language } from '../../datatypes/Date/format';
import { formatNumber } from '../../datatypes/Quantity/number';

export const GROUPS = ['room', 'surgeon', 'specialty', 'period'] as const;
export type Group = (typeof GROUPS)[number];

export type Unit = 'minutes' | 'percent' | 'count';

export interface Indicator { code: string; name: string; definition: string; unit: Unit; target?: number }

/** `values` by the code of the indicator; null where nothing can be said. */
export interface FigureRow { key: string; name: string; values: Record<string, number | null>; cases: number }

export interface Figures { from: string; to: string; indicators: Indicator[]; total: FigureRow; rows: FigureRow[]; weeks: { week: string; values: Record<string, number | null> }[] }

export interface Asked { from: string; to: string; by: Group; facility: string }

export const useFigures = (asked: Asked) =>
  useQuery({
    queryKey: ['surgery', 'indicators', asked],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => getJson<Figures>(`${API}surgeries/indicators?${queryString({ ...asked })}`, signal),
  });

export interface CountedCase { id: string; number: string; act: string; day: string; room: string; surgeon?: string | null; value: number | null }

export const useCounted = (asked: Asked, indicator: string, key: string) =>
  useQuery({
    queryKey: ['surgery', 'indicators', 'cases', asked, indicator, key],
    queryFn: async ({ signal }) => (await getJson<{ cases?: CountedCase[] }>(`${API}surgeries/indicators/cases?${queryString({ ...asked, indicator, key })}`, signal)).cases ?? [],
  });

/** Of a period: how a figure moved, from its first week that says something to its last, as the points of a line 100 wide and 24 high. */
export function trendOf(figures: Figures, code: string): string | null {
  const told = figures.weeks.flatMap(({ values }, at) => (typeof values[code] === 'number' ? [{ at, value: values[code] }] : []));
  if (told.length < 2) return null;
  const low = Math.min(...told.map(({ value }) => value));
  const spread = Math.max(...told.map(({ value }) => value)) - low || 1;
  const last = Math.max(figures.weeks.length - 1, 1);
  return told.map(({ at, value }) => `${((at / last) * 100).toFixed(1)},${(22 - ((value - low) / spread) * 20).toFixed(1)}`).join(' ');
}

const NARROW = '\u202f';

export function figureText(value: number | null | undefined, unit: Unit, language: Language): string {
  if (value === null || value === undefined) return '–';
  const rounded = unit === 'percent' ? Math.round(value * 10) / 10 : Math.round(value);
  const number = formatNumber(rounded, language);
  if (unit === 'percent') return `${number}${NARROW}%`;
  if (unit === 'minutes') return `${number}${NARROW}min`;
  return number;
}

const quoted = (text: string): string => (/[";\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
/** A cell that a spreadsheet would take for a formula is kept a text. */
const harmless = (text: string): string => (/^[=+\-@\t]/.test(text) ? `'${text}` : text);

/** What the table shows, for a spreadsheet: semicolons and decimal commas where the language writes them. */
export function csvOf(figures: Figures, first: string, casesName: string, language: Language): string {
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '' : language === 'en' ? String(value) : String(value).replace('.', ','));
  const line = (row: FigureRow) => [quoted(harmless(row.name)), String(row.cases), ...figures.indicators.map(({ code }) => number(row.values[code]))].join(';');
  const head = [first, casesName, ...figures.indicators.map(({ name }) => name)].map(quoted).join(';');
  return `\ufeff${[head, ...figures.rows.map(line), line(figures.total)].join('\r\n')}\r\n`;
}
