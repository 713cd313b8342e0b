import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { formatNumber } from '../../datatypes/Quantity/number';
import type { Language } from '../../datatypes/Date/format';
import { getJson, postJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export type ValueFlag = 'critical' | 'high' | 'low' | 'abnormal' | 'normal';

export interface Value { observation: string; name: string; value: string; unit?: string; range?: string; flag: ValueFlag; previous?: { value: string; date: string } }

export interface Item {
  report: string;
  task: string;
  patient: string;
  patientName: string;
  title: string;
  date: string;
  status: string;
  flags: 'critical' | 'abnormal' | 'normal';
  due?: string;
  overdue: boolean;
  /** How far it has come, unanswered: its owner alone, then the team, then whoever may write in the record. */
  reach?: 'owner' | 'team' | 'site';
  state: 'open' | 'done' | 'cancelled';
  owner?: { reference?: string; name?: string };
  acknowledgedBy?: { reference?: string; name?: string };
  acknowledgedAt?: string;
  corrected: boolean;
  conclusion?: string;
  values: Value[];
  comments: { author: string; date: string; text: string }[];
}

export type Scope = 'mine' | 'team';
export type State = 'open' | 'done';

/** Timers of browsers go no further than some 24 days; a day is enough here. */
const LONGEST = 24 * 3_600_000;

/** Nothing changes on the server when a time passes: milliseconds until the list is to be asked for again. */
export function waitFor(next: string | undefined, now: number): number | false {
  const wait = next ? Date.parse(next) - now : NaN;
  return Number.isNaN(wait) || wait > LONGEST ? false : Math.max(0, wait) + 1_000;
}

/** Somebody else's, that came here because nobody took it into account. */
export const isCovered = (item: Item, me: string | null): boolean =>
  item.state === 'open' && (item.reach === 'team' || item.reach === 'site') && (me === null || item.owner?.reference?.split('/').pop() !== me.split('/').pop());

const idOf = (report: string): string => report.split('/').pop() ?? report;

export interface Inbox { items: Item[]; truncated: boolean; next: string | undefined }

export function useInbox(scope: Scope, state: State) {
  return useQuery<Inbox>({
    queryKey: ['results', scope, state],
    refetchInterval: ({ state: { data } }) => waitFor(data?.next, Date.now()),
    queryFn: async ({ signal }) => {
      const answer = await getJson<{ items?: Item[]; truncated?: boolean; next?: string }>(`${API}results/inbox?${new URLSearchParams({ filter: scope, state })}`, signal);
      return { items: (answer.items ?? []).map((item) => ({ ...item, values: item.values ?? [], comments: item.comments ?? [] })), truncated: answer.truncated ?? false, next: answer.next };
    },
  });
}

export type Act = { verb: 'acknowledge'; comment?: string } | { verb: 'comment'; comment: string } | { verb: 'forward'; to: string; comment?: string };

/** Acknowledges, comments or forwards; the lists are then asked anew. */
export function useAct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ report, act: { verb, ...body } }: { report: string; act: Act }) => postJson<Item>(`${API}results/${encodeURIComponent(idOf(report))}/${verb}`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['results'] }),
  });
}

/** Values of the server are written with a point; signs such as `<` stay. */
export function localValue(value: string, language: Language): string {
  const number = /^([<>≤≥]?\s?)(-?\d+(?:\.\d+)?)$/.exec(value);
  return number ? `${number[1] ?? ''}${formatNumber(number[2] ?? '', language)}` : value;
}

export const localRange = (range: string, language: Language): string => range.replace(/-?\d+(?:\.\d+)?/g, (number) => formatNumber(number, language)).replace(/\s*[-–]\s*/, '\u00a0–\u00a0');

/** What stands in a line of the list: what is out of range, the worst first. */
export function standingOut(values: Value[], most: number): Value[] {
  const rank = { critical: 0, high: 1, low: 1, abnormal: 1, normal: 2 };
  return values.filter(({ flag }) => flag !== 'normal').sort((a, b) => rank[a.flag] - rank[b.flag]).slice(0, most);
}
