// What a person chose on this station. Nothing about patients but bare ids is kept in the browser.
import type { Language } from '../datatypes/Date/format';

export function readLanguage(): Language {
  const kept = read('medhub.language');
  return kept === 'en' || kept === 'de' ? kept : 'fr';
}

export const keepLanguage = (language: Language): void => keep('medhub.language', language);

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that refuses storage only forgets the choice.
  }
}
