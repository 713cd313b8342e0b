// French is the source; a language is loaded as its own chunk, so that a person downloads only one.
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type fr from './fr.json';
import type { Language } from '../datatypes/Date/format';

export const LANGUAGES: Language[] = ['fr', 'en', 'de'];

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof fr };
    returnNull: false;
  }
}

const loaders: Record<Language, () => Promise<{ default: unknown }>> = {
  fr: () => import('./fr.json'),
  en: () => import('./en.json'),
  de: () => import('./de.json'),
};

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', (await loaders[language]()).default);
}

export async function startLanguage(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await changeLanguage(language);
}

export async function changeLanguage(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function useLanguage(): Language {
  return useTranslation().i18n.language as Language;
}
