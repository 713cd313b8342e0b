import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../../fhir/http';
import { API } from '../../../fhir/verbs';
import { casePath, type Entry, type Kind } from '../core/entry.resource';
import type { Counted } from './counts';

export interface Tourniquet { site: string; on: string; off: string | null; minutes: number; pressure: number | null; long: boolean }

export interface Specimen { reference: string; number: string; nature: string; site?: string | null; container: string; exam: string; time: string }

export interface NursingRecord {
  procedure: string | null;
  entries: Entry[];
  counts: { expected: Counted; last: ({ phase: string } & Counted) | null; state: 'none' | 'open' | 'matched' | 'mismatch' | 'decided' };
  tourniquets: Tourniquet[];
  specimens: Specimen[];
  kinds: Kind[];
}

export const useNursing = (surgery: string) =>
  useQuery({ queryKey: ['perioperative', surgery], queryFn: ({ signal }) => getJson<NursingRecord>(API + casePath(surgery, 'perioperative'), signal) });
