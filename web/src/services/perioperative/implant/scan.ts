// What a reader types: the separator of GS1 (ASCII 29) comes as that character, as Ctrl+], or as F8.

export const SEPARATOR = '\u001d';

/** Whether a key press is how a reader sends the separator. */
export const isSeparatorKey = ({ key, ctrlKey }: { key: string; ctrlKey: boolean }): boolean => key === SEPARATOR || key === 'F8' || (ctrlKey && key === ']');

/** The code without what a reader puts around it: blanks and line ends, not the separator. */
export const cleanCode = (typed: string): string => typed.replace(/[\r\n\t]+/g, '').trim();

/** The separator cannot be seen in a field: it is shown as « ␝ », and sent as itself. */
export const shownCode = (code: string): string => code.replaceAll(SEPARATOR, '␝');
export const sentCode = (shown: string): string => cleanCode(shown).replaceAll('␝', SEPARATOR);
