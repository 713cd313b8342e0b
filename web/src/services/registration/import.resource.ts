// A list of patients from another program: looked at part by part, then taken part by part.
import { sendJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

export const FIELDS = ['family', 'given', 'birth', 'gender', 'usual_family', 'birthplace', 'birth_city', 'nir', 'phone', 'mail', 'street', 'postcode', 'city'] as const;
export type ImportField = (typeof FIELDS)[number];
export type State = 'ready' | 'known' | 'error' | 'created';

export interface Row {
  line: number;
  name: string;
  birthDate?: string;
  state: State;
  /** The same person for certain: never taken again. */
  certain?: boolean;
  faults: { field: string; message: string }[];
  candidates?: { id: string; name: string; reasons: string[] }[];
  id?: string;
  ipp?: string;
}

export interface Part {
  encoding: string;
  delimiter: string;
  columns: { title: string; field: ImportField | null; sample: string }[];
  total: number;
  rows: Row[];
  next?: number;
}

export type Mapping = Partial<Record<ImportField, number>>;

export const mappingOf = (part: Part): Mapping =>
  Object.fromEntries(part.columns.flatMap(({ field }, column) => (field ? [[field, column]] : [])));

/** A column holds one field, and a field stands in one column. */
export function remapped(mapping: Mapping, column: number, field: ImportField | ''): Mapping {
  const rest = Object.entries(mapping).filter(([name, at]) => at !== column && name !== field);
  return Object.fromEntries([...rest, ...(field ? [[field, column]] : [])]) as Mapping;
}

export interface Ask { bytes: string; mapping?: Mapping; from?: number; anyway?: number[] }

export const preview = (ask: Ask): Promise<Part> => sendJson<Part>('POST', `${API}patients/import/preview`, ask) as Promise<Part>;
export const take = (ask: Ask): Promise<Part> => sendJson<Part>('POST', `${API}patients/import`, ask) as Promise<Part>;

/** The bytes in base 64: the server finds the encoding. */
export async function bytesOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
