// Age as a clinic says it: days for a newborn, months for an infant, then years.

export interface Age { count: number; unit: 'day' | 'month' | 'year' }

/** Age on `day` (`YYYY-MM-DD`) of someone born on `birth`; null when the birth date is absent, partial or later. */
export function ageOn(birth: string | undefined, day: string): Age | null {
  const from = birth ? /^(\d{4})-(\d{2})-(\d{2})/.exec(birth) : null;
  const to = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  if (!from || !to) return null;
  const [by, bm, bd] = from.slice(1, 4).map(Number) as [number, number, number];
  const [ty, tm, td] = to.slice(1, 4).map(Number) as [number, number, number];
  const months = (ty - by) * 12 + (tm - bm) - (td < bd ? 1 : 0);
  if (months < 0) return null;
  if (months < 1) return { count: Math.round((Date.UTC(ty, tm - 1, td) - Date.UTC(by, bm - 1, bd)) / 86_400_000), unit: 'day' };
  if (months < 36) return { count: months, unit: 'month' };
  return { count: Math.floor(months / 12), unit: 'year' };
}
