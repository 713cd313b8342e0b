// What a surgeon asks for: the act and its side, when, how, with what. Defaults come from the act; what is left out is said.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Side } from '../../datatypes/CodeableConcept/laterality';
import type { Picked } from '../../design/Picker';
import { getJson, postJson } from '../../fhir/http';
import { API, getRows } from '../../fhir/verbs';
import { queryString } from '../../fhir/client';

export const URGENCIES = ['elective', 'soon', 'urgent', 'immediate'] as const;
export type Urgency = (typeof URGENCIES)[number];
export const SETTINGS = ['ambulatory', 'inpatient'] as const;
export type Setting = (typeof SETTINGS)[number];
export const ANAESTHESIAS = ['general', 'spinal', 'regional', 'local', 'sedation', 'none'] as const;
export type Anaesthesia = (typeof ANAESTHESIAS)[number];
export const NEED_KINDS = ['capability', 'equipment', 'tray', 'implant', 'recovery', 'intensive-care', 'nurse-skill'] as const;
export type NeedKind = (typeof NEED_KINDS)[number];

export interface Need { kind: NeedKind; text: string; count?: number; ref?: string; code?: string }

/** `lateral` is null where it is not known: then the side is asked and may be left out. */
export interface Act {
  code: string;
  text: string;
  lateral: boolean | null;
  specialty?: string;
  approach?: string;
  position?: string;
  anaesthesia?: Anaesthesia;
  setting?: Setting;
  nights?: number;
  minutes?: number;
  needs?: Need[];
}

export interface Draft {
  act: Act | null;
  side: Side | null;
  surgeon: Picked | null;
  diagnosis: string;
  urgency: Urgency;
  /** `YYYY-MM-DD`. */
  target: string;
  notBefore: string;
  setting: Setting;
  nights: number;
  anaesthesia: Anaesthesia;
  position: string;
  approach: string;
  /** Null: as predicted. */
  minutes: number | null;
  needs: Need[];
  note: string;
}

/** Days within which an urgency class wants its operation; a proposal that the surgeon changes. */
const WITHIN: Record<Urgency, number> = { elective: 42, soon: 14, urgent: 1, immediate: 0 };
const DAY_MS = 86_400_000;

export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export const targetOf = (urgency: Urgency, day: string): string => dayAfter(day, WITHIN[urgency]);

export const emptyDraft = (surgeon: Picked | null, day: string): Draft => ({
  act: null, side: null, surgeon, diagnosis: '', urgency: 'elective', target: targetOf('elective', day), notBefore: '', setting: 'ambulatory', nights: 0, anaesthesia: 'general', position: '', approach: '', minutes: null, needs: [], note: '',
});

/** An act brings what is usual for it; the side is never taken over from another act. */
export function withAct(draft: Draft, act: Act | null): Draft {
  if (!act) return { ...draft, act: null, side: null };
  const setting = act.setting ?? draft.setting;
  return {
    ...draft,
    act,
    side: null,
    minutes: null,
    setting,
    nights: act.nights ?? (setting === 'inpatient' ? Math.max(draft.nights, 1) : 0),
    anaesthesia: act.anaesthesia ?? draft.anaesthesia,
    position: act.position ?? '',
    approach: act.approach ?? '',
    needs: act.needs ?? [],
  };
}

export const withUrgency = (draft: Draft, urgency: Urgency, day: string): Draft => ({ ...draft, urgency, target: targetOf(urgency, day) });

export const withSetting = (draft: Draft, setting: Setting): Draft => ({ ...draft, setting, nights: setting === 'ambulatory' ? 0 : Math.max(1, draft.nights) });

export type DraftFault = 'act' | 'side' | 'surgeon' | 'target';

/** What still has to be said before it can be asked for. */
export function faultsOf(draft: Draft): DraftFault[] {
  const faults: DraftFault[] = [];
  if (!draft.act) faults.push('act');
  if (draft.act?.lateral && !draft.side) faults.push('side');
  if (!draft.surgeon) faults.push('surgeon');
  if (!draft.target) faults.push('target');
  return faults;
}

const said = <T extends object>(fields: T): Partial<T> => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== null && value !== undefined)) as Partial<T>;

/** The body of `POST surgeries`. */
export function requestBody(patientId: string, draft: Draft, predicted: number | null): object {
  return {
    patient: patientId,
    ...said({
      act: draft.act ? said({ code: draft.act.code, text: draft.act.text }) : null,
      side: draft.act?.lateral === false ? null : draft.side,
      surgeon: draft.surgeon && `Practitioner/${draft.surgeon.id}`,
      diagnosis: draft.diagnosis.trim(),
      urgency: draft.urgency,
      target: draft.target,
      notBefore: draft.notBefore,
      setting: draft.setting,
      anaesthesia: draft.anaesthesia,
      position: draft.position.trim(),
      approach: draft.approach.trim(),
      minutes: draft.minutes ?? predicted,
      note: draft.note.trim(),
    }),
    nights: draft.nights,
    needs: draft.needs,
  };
}

export function useActs(typed: string, on: boolean) {
  return useQuery({
    queryKey: ['surgery-acts', typed, document.documentElement.lang],
    enabled: on,
    staleTime: 600_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => getRows<Act>(`surgeries/acts?${queryString({ q: typed })}`, 'acts', signal),
  });
}

export interface Prediction { p50: number; p80: number; p90: number; provenance?: { level: string; cases: number; median: number; text: string } }

/** How long it will take in the room: asked again when the act, the approach or the surgeon changes. */
export function usePrediction(act: Act | null, approach: string, surgeon: Picked | null) {
  return useQuery({
    queryKey: ['surgery-duration', act?.code, approach, surgeon?.id],
    enabled: Boolean(act?.code),
    staleTime: 600_000,
    queryFn: () => postJson<Prediction>(`${API}ai/predict-surgery-duration`, said({ act: act?.code ?? '', approach, specialty: act?.specialty, surgeon: surgeon && `Practitioner/${surgeon.id}` })),
  });
}

export interface Offer { room: string; roomName: string; start: string; end: string; cost: number; text: string }

export const offersKey = (surgery: string) => ['surgery', 'offers', surgery];

export function useOffers(surgery: string, from: string, count: number) {
  return useQuery({
    queryKey: [...offersKey(surgery), from, count],
    queryFn: async ({ signal }) => (await getJson<{ offers?: Offer[] }>(`${API}theatre/free?${queryString({ case: `ServiceRequest/${surgery}`, from, count: String(count) })}`, signal)).offers ?? [],
  });
}
