// What the clinic decides about results: limits beyond which a value is critical, and until when results are looked at.
import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export interface LimitRow { code: string; title: string; unit: string; low: string; high: string }
export const TIMES = ['critical', 'abnormal', 'normal'] as const;
export type Time = (typeof TIMES)[number];
export interface Settings { limits: LimitRow[]; minutes: Record<Time, string> }

interface Answer { limits?: { code?: string; title?: string; unit?: string; low?: number | string; high?: number | string }[]; minutes?: Partial<Record<Time, number>> }

const written = (value: number | string | undefined): string => (value === undefined ? '' : String(value).replace('.', ','));

export const settingsOf = (answer: Answer): Settings => ({
  limits: (answer.limits ?? []).map((one) => ({ code: one.code ?? '', title: one.title ?? '', unit: one.unit ?? '', low: written(one.low), high: written(one.high) })),
  minutes: { critical: String(answer.minutes?.critical ?? ''), abnormal: String(answer.minutes?.abnormal ?? ''), normal: String(answer.minutes?.normal ?? '') },
});

const number = (text: string): number | undefined => {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() && Number.isFinite(value) ? value : undefined;
};

/** A bound that is no number, or none at all, is told before anything is sent. */
export function wrongLimits({ limits }: Settings): number[] {
  return limits.flatMap((one, index) => {
    const [low, high] = [number(one.low), number(one.high)];
    const typed = (text: string, value: number | undefined) => text.trim() !== '' && value === undefined;
    const bad = typed(one.low, low) || typed(one.high, high) || (low === undefined && high === undefined) || (low !== undefined && high !== undefined && low >= high);
    return bad || !one.code.trim() || !one.unit.trim() ? [index] : [];
  });
}

export const settingsBody = ({ limits, minutes }: Settings): Record<string, unknown> => ({
  limits: limits.map((one) => ({ code: one.code.trim(), title: one.title.trim() || one.code.trim(), unit: one.unit.trim(), low: number(one.low), high: number(one.high) })),
  minutes: Object.fromEntries(TIMES.map((time) => [time, number(minutes[time])])),
});

export const useSettings = () => useQuery({ queryKey: ['result-settings'], queryFn: async ({ signal }) => settingsOf(await getJson<Answer>(`${API}results/settings`, signal)) });
