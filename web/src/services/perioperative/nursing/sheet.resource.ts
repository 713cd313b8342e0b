// What the sheet of the room says, read at one moment: the case, the record of the nurses, the checklist and the implants.
import { useQuery } from '@tanstack/react-query';
import type { Side } from '../../../datatypes/CodeableConcept/laterality';
import { getJson } from '../../../fhir/http';
import { API, getRows } from '../../../fhir/verbs';
import { casePath, type Entry } from '../core/entry.resource';
import type { Implant } from '../implant/implant.resource';
import type { NursingRecord } from './nursing.resource';

export interface SheetCase {
  number: string;
  act: string;
  side: Side | null;
  booking: { roomName: string; team: { ref: string; name: string; role: string }[] } | null;
  milestones: { code: string; time: string }[];
}

interface Told { by?: string; at?: string }

export interface SheetPhase {
  code: string;
  title: string;
  items: { id: string; text: string }[];
  given: Record<string, Told & { answer: string; decision?: string }>;
  roles: string[];
  attested: (Told & { role: string })[];
  outcome: (Told & { go: boolean; reason?: string }) | null;
}

export interface RoomSheet { of: SheetCase; record: NursingRecord; checklist: { title: string; phases: SheetPhase[] }; implants: Implant[] }

/** Read anew for each print (`turn`): paper cannot be refreshed. Nothing is printed when one part could not be read. */
export const useRoomSheet = (surgery: string, turn: number) =>
  useQuery({
    queryKey: ['room-sheet', surgery, turn],
    enabled: turn > 0,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<RoomSheet> => {
      const [of, record, checklist, implants] = await Promise.all([
        getJson<SheetCase>(`${API}surgeries/${encodeURIComponent(surgery)}`, signal),
        getJson<NursingRecord>(API + casePath(surgery, 'perioperative'), signal),
        getJson<RoomSheet['checklist']>(API + casePath(surgery, 'checklist'), signal),
        getRows<Implant>(casePath(surgery, 'implants'), 'implants', signal),
      ]);
      return { of, record, checklist, implants };
    },
  });

/** The parts of the paper, in the order in which a case goes. What has a table of its own is not told twice. */
export const SHEET_KINDS = ['position', 'skin', 'plate', 'tourniquet', 'drain', 'irrigation', 'incident', 'note'] as const;

/** Oldest first, as paper is read; what was struck stays, struck through. */
export const entriesOf = (record: NursingRecord, kind: string): Entry[] => record.entries.filter((entry) => entry.kind === kind).sort((a, b) => Date.parse(a.time) - Date.parse(b.time));

/** Kinds that the server has and this list does not: nothing that was recorded is left off the paper. */
export function kindsOf(record: NursingRecord): string[] {
  const apart = new Set<string>([...SHEET_KINDS, 'count', 'specimen']);
  return [...SHEET_KINDS, ...new Set(record.entries.map(({ kind }) => kind).filter((kind) => !apart.has(kind)))];
}

/** Answers that made the team decide something. */
export const decisionsOf = (phase: SheetPhase) =>
  phase.items.flatMap(({ id, text }) => {
    const given = phase.given[id];
    return given?.decision ? [{ id, text, decision: given.decision }] : [];
  });
