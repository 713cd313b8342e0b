// Alerts of the breach watch, incidents with their 72 hours (RGPD art. 33), break-glass accesses to be reviewed.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getRows } from '../../fhir/verbs';

export interface Alert {
  id: string;
  at: string | undefined;
  kind: string;
  account: string;
  count: number;
  state: string;
  sentence: string;
  incident: string | null;
}

interface AlertAnswer {
  id?: string;
  at?: string;
  kind?: string;
  account?: string | null;
  account_name?: string | null;
  count?: number;
  state?: string;
  sentence?: string | null;
  incident?: string | null;
}

export const alertView = (one: AlertAnswer): Alert => ({
  id: one.id ?? '',
  at: one.at,
  kind: one.kind ?? '',
  account: one.account_name || one.account || '',
  count: one.count ?? 1,
  state: one.state ?? 'open',
  sentence: one.sentence ?? '',
  incident: one.incident ?? null,
});

/** Nobody has looked at it yet. */
export const isOpen = (alert: Alert): boolean => !alert.incident && alert.state !== 'closed';

export interface Evidence { at: string | undefined; what: string; who: string }
/** Entries of the log that say the same, one after the other, told once: how often, from when to when. */
export interface EvidenceGroup { what: string; who: string; count: number; from: string | undefined; to: string | undefined }

export function groupEvidence(evidence: Evidence[]): EvidenceGroup[] {
  const groups: EvidenceGroup[] = [];
  for (const one of [...evidence].sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))) {
    const last = groups.at(-1);
    if (last && last.what === one.what && last.who === one.who) {
      last.count += 1;
      last.to = one.at;
    } else groups.push({ what: one.what, who: one.who, count: 1, from: one.at, to: one.at });
  }
  return groups;
}

export interface Note { at: string | undefined; who: string; text: string }

export interface Incident {
  id: string;
  opened: string | undefined;
  /** When it became known: the clock runs from then. */
  aware: string | undefined;
  deadline: string | undefined;
  state: string;
  kind: string;
  notifiedAt: string | undefined;
  evidence: Evidence[];
  notes: Note[];
}

interface IncidentAnswer {
  id?: string;
  opened?: string;
  aware?: string;
  deadline?: string;
  state?: string;
  kind?: string;
  notified_at?: string | null;
  evidence?: (string | { at?: string; what?: string; who?: string | null; sentence?: string })[];
  notes?: { at?: string; who?: string | null; text?: string }[];
}

export const incidentView = (one: IncidentAnswer): Incident => ({
  id: one.id ?? '',
  opened: one.opened,
  aware: one.aware ?? one.opened,
  deadline: one.deadline ?? (one.opened ? new Date(Date.parse(one.opened) + CLOCK_MS).toISOString() : undefined),
  state: one.state ?? 'open',
  kind: one.kind ?? '',
  notifiedAt: one.notified_at ?? undefined,
  evidence: (one.evidence ?? []).map((each) => (typeof each === 'string' ? { at: undefined, what: each, who: '' } : { at: each.at, what: each.what ?? each.sentence ?? '', who: each.who ?? '' })),
  notes: (one.notes ?? []).map((each) => ({ at: each.at, who: each.who ?? '', text: each.text ?? '' })),
});

/** A breach is told to the authority within 72 hours of being known. */
export const CLOCK_MS = 72 * 3_600_000;

export const useAlerts = () =>
  useQuery({ queryKey: ['watch-alerts'], staleTime: 0, queryFn: async ({ signal }) => (await getRows<AlertAnswer>('watch/alerts', 'alerts', signal)).map(alertView) });

export const useIncidents = () =>
  useQuery({ queryKey: ['watch-incidents'], staleTime: 0, queryFn: async ({ signal }) => (await getRows<IncidentAnswer>('watch/incidents', 'incidents', signal)).map(incidentView) });

export const isClosed = (incident: Incident): boolean => incident.state === 'closed';
/** The clock runs until the authority was told, or the incident is closed. */
export const isRunning = (incident: Incident): boolean => !isClosed(incident) && !incident.notifiedAt;

/** What a local date-and-time field holds, with the offset that it means. */
export const instant = (local: string): string | undefined => (local ? new Date(local).toISOString() : undefined);

export interface Remaining { late: boolean; hours: number; minutes: number }

export function remaining(deadline: string | undefined, now: number): Remaining | null {
  const at = deadline ? Date.parse(deadline) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const minutes = Math.floor(Math.abs(at - now) / 60_000);
  return { late: now > at, hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** The present, told again every half minute. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export interface GlassAccess { task: string; at: string | undefined; patient: string; account: string; reason: string; open: boolean }

interface GlassAnswer { task?: string; at?: string; patient?: string; account?: string; account_name?: string | null; reason?: string | null; state?: string }

export const useGlass = () =>
  useQuery({
    queryKey: ['break-glass'],
    staleTime: 0,
    queryFn: async ({ signal }) =>
      (await getRows<GlassAnswer>('break-glass', 'accesses', signal)).map(
        (one): GlassAccess => ({
          task: one.task ?? '',
          at: one.at,
          patient: (one.patient ?? '').replace('Patient/', ''),
          account: one.account_name || one.account || '',
          reason: one.reason ?? '',
          open: one.state !== 'completed' && one.state !== 'reviewed',
        }),
      ),
  });
