import type { Language } from '../../datatypes/Date/format';
import { changeLanguage, LANGUAGES } from '../../i18n';

// What a patient chooses holds for the visit: whose language the desk chose on the same screen is another matter.
const CHOICE = 'medhub.booking.language';

/** The first of the wanted languages that is spoken here; French when none is. */
export function spokenOf(wanted: readonly string[]): Language {
  const known = wanted.map((name) => name.toLowerCase().split('-')[0]).flatMap((name) => LANGUAGES.filter((language) => language === name));
  return known[0] ?? 'fr';
}

/** Of the patient's choice, else of the browser. */
export function startingLanguage(): Language {
  const chosen = window.sessionStorage.getItem(CHOICE);
  return spokenOf([...(chosen ? [chosen] : []), ...window.navigator.languages]);
}

export async function chooseLanguage(language: Language): Promise<void> {
  window.sessionStorage.setItem(CHOICE, language);
  await changeLanguage(language);
}
