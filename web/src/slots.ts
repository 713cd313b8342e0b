// Where rooms plug in. A room (services/<room>/room.ts) lists what it brings; the app reads the lists and
// knows no room by name. Rooms import only fhir, datatypes, design, i18n and this file.
import type { Icon } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { Power } from './fhir/session';
import type fr from './i18n/fr.json';

type Loader<Props> = () => Promise<{ default: ComponentType<Props> }>;

export type NavKey = keyof (typeof fr)['nav'];
export type CaseKey = Exclude<keyof (typeof fr)['caseTabs'], 'label' | 'courses' | 'complete'>;
export type SectionKey = keyof (typeof fr)['section'];

/** What the app hands to a page. */
export interface PageProps {
  /** Whose record the page is about, outside of the chart: banner and allergies, above everything; `children` stand beside the allergies. */
  PatientFrame: ComponentType<PatientFrameProps>;
  /** The pages of one operation, whichever room brings them. */
  CaseTabs: ComponentType<{ surgery: string }>;
}

export interface PatientFrameProps { patientId: string; children?: ReactNode }

export interface PageSlot {
  /** Route path; `$name` marks a parameter. */
  path: string;
  /** Shown to those who hold one of the powers. */
  nav?: { key: NavKey; icon: Icon; powers: Power[] };
  load: Loader<PageProps>;
}

/** One tab of a patient's chart; `path` is appended to `/patients/$id`, empty for the first. */
export interface ChartSlot {
  path: string;
  key: SectionKey;
  icon: Icon;
  load: Loader<{ patientId: string }>;
}

/** One page of an operation; `path` is appended to `/surgeries/$id`, empty for the first. */
export interface CaseSlot { path: string; key: CaseKey; order: number }

/** A block of the home page, shown to the audience it is meant for. */
export interface HomeSlot {
  /** For those who hold the power (or one of them), or only for these roles among them. */
  power: Power | readonly Power[];
  roles?: readonly string[];
  /** The wide column or the narrow one beside it; a line over both; without it the block takes the whole width, under them. */
  place?: 'top' | 'main' | 'side';
  /** Smaller stands higher; 50 where nothing is said. */
  order?: number;
  load: Loader<object>;
}

/** A page outside of any session. */
export interface DoorSlot { path: string; opens: () => boolean; load: Loader<object> }

/** Something that a person can do from anywhere, by its name in the palette. */
export interface ActionSlot {
  id: string;
  /** Read when the palette opens, in the language of then. The words are in the part of the app, or in `shell`. */
  label: () => string;
  icon: Icon;
  powers: readonly Power[];
  /** Where it leads; with `chart`, after `/patients/$id` of the open chart, and only there. */
  to: string;
  chart?: boolean;
}

/** Keys that a room understands, for the help panel. */
export interface KeySlot { keys: readonly string[]; label: () => string }

export interface RefusedProps { patientId: string; whole: boolean }

export interface ChartFrameProps { sections: ChartSlot[]; Refused: ComponentType<RefusedProps> }

export interface Room {
  pages: PageSlot[];
  chart: ChartSlot[];
  home: HomeSlot[];
  /** The frame around a patient's chart: banner and tabs. One room brings it. */
  chartFrame?: Loader<ChartFrameProps>;
  /** Whose record it is, for pages of other rooms about one patient. One room brings it. */
  patientFrame?: Loader<PatientFrameProps>;
  /** What stands on a chart that the person may not read, wholly or in part. One room brings it. */
  chartRefused?: Loader<RefusedProps>;
  /** Pages of one operation. */
  caseTabs?: readonly CaseSlot[];
  /** Pages that need nobody signed in, at the address where `opens` says so. */
  doors?: readonly DoorSlot[];
  /** What is new, beside the person in the header. */
  bell?: Loader<object>;
  /** Works behind every page of a signed-in person, or stands over it. */
  layer?: Loader<object>;
  actions?: readonly ActionSlot[];
  keys?: readonly KeySlot[];
  /** What stands in the header's middle: the patient search. */
  header?: { powers: Power[]; load: Loader<object> };
}
