// What a reader types: the separator of GS1 (ASCII 29) comes as that character, as Ctrl+], or as F8.

export const SEPARATOR = '\u001d';

/** Whether a key press is how a reader sends the separator. */
export const isSeparatorKey = ({ key, ctrlKey }: { key: string; ctrlKey: boolean }): boolean => key === SEPARATOR || key === 'F8' || (ctrlKey && key === ']');

/** The code without what a reader puts around it: blanks and line ends, not the separator. */
export const cleanCode = (typed: string): string => typed.replace(/[\r\n\t]+/g, '').trim();

/** The separator cannot be seen in a field: it is shown as « ␝ », and sent as itself. */
export const shownCode = (code: string): string => code.replaceAll(SEPARATOR, '␝');
export const sentCode = (shown: string): string => cleanCode(shown).replaceAll('␝', SEPARATOR);

export interface Label { gtin: string; lot: string; serial: string; expiry: string }

const DATE = /^(\d{2})?(\d{2})-(\d{2})-(\d{2})$/;

/** A label that no reader can read, typed: the same code as a reader would send, with its brackets. Null while it is not whole. */
export function codeOf({ gtin, lot, serial, expiry }: Label): string | null {
  const digits = gtin.replace(/\D/g, '');
  const date = expiry.trim() ? DATE.exec(expiry.trim()) : null;
  if (digits.length < 8 || digits.length > 14 || (expiry.trim() && !date) || !(lot.trim() || serial.trim())) return null;
  const part = (element: string, text: string) => (text ? `(${element})${text}` : '');
  return part('01', digits.padStart(14, '0')) + part('17', date ? `${date[2]}${date[3]}${date[4]}` : '') + part('10', lot.trim()) + part('21', serial.trim());
}
