import { Failure } from '../fhir/http';

/** The server's sentence on one field of a form: `birthDate` also answers to `Patient.birthDate` and `name[0].family` to `family`. */
export function faultOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof Failure)) return undefined;
  const found = error.fields.find((fault) => fault.field === field) ?? error.fields.find((fault) => fault.field.split('.').at(-1)?.replace(/\[\d+\]$/, '') === field);
  return found?.message;
}

/** What the form cannot show beside a field. */
export const isElsewhere = (error: unknown, fields: readonly string[]): boolean =>
  error !== null && error !== undefined && !fields.some((field) => faultOf(error, field) !== undefined);
