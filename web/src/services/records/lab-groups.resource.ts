import type { Series } from './observations.resource';

export interface Group { name: string; rows: Series[] }

/** Series by the panel of their newest result; the panel with the newest results first, those of no panel last. */
export function groupsOf(series: Series[], panels: ReadonlyMap<string, string>): Group[] {
  const groups = new Map<string, Series[]>();
  for (const one of series) {
    const name = one.points.map((point) => panels.get(point.id)).find(Boolean) ?? '';
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  const newest = (rows: Series[]) => rows.map((row) => row.points[0]?.at ?? '').sort().at(-1) ?? '';
  return [...groups].map(([name, rows]) => ({ name, rows })).sort((a, b) => Number(!a.name) - Number(!b.name) || newest(b.rows).localeCompare(newest(a.rows)) || a.name.localeCompare(b.name));
}
