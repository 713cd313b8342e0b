// French is the source; a language is loaded as its own chunks, so that a person downloads only one, and the words of
// pages that few people open come with those pages.
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type account from './account.fr.json';
import type alerts from './alerts.fr.json';
import type booking from './booking.fr.json';
import type chart from './chart.fr.json';
import type communication from './communication.fr.json';
import type desk from './desk.fr.json';
import type documents from './documents.fr.json';
import type fr from './fr.json';
import type mail from './mail.fr.json';
import type messages from './messages.fr.json';
import type notes from './notes.fr.json';
import type perioperative from './perioperative.fr.json';
import type surgery from './surgery.fr.json';
import type theatre from './theatre.fr.json';
import type office from './office.fr.json';
import type shell from './shell.fr.json';
import type workflow from './workflow.fr.json';
import type { Language } from '../datatypes/Date/format';

export const LANGUAGES: Language[] = ['fr', 'en', 'de'];

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof fr & typeof office & typeof account & typeof chart & typeof desk & typeof notes & typeof shell & typeof theatre & typeof surgery & typeof perioperative & typeof documents & typeof workflow & typeof booking & typeof alerts & typeof communication & typeof mail & typeof messages };
    returnNull: false;
  }
}

type Part = 'app' | 'office' | 'account' | 'chart' | 'desk' | 'notes' | 'shell' | 'theatre' | 'surgery' | 'perioperative' | 'documents' | 'workflow' | 'booking' | 'alerts' | 'communication' | 'mail' | 'messages';
type Loader = () => Promise<{ default: unknown }>;

const loaders: Record<Part, Record<Language, Loader>> = {
  app: { fr: () => import('./fr.json'), en: () => import('./en.json'), de: () => import('./de.json') },
  alerts: { fr: () => import('./alerts.fr.json'), en: () => import('./alerts.en.json'), de: () => import('./alerts.de.json') },
  communication: { fr: () => import('./communication.fr.json'), en: () => import('./communication.en.json'), de: () => import('./communication.de.json') },
  messages: { fr: () => import('./messages.fr.json'), en: () => import('./messages.en.json'), de: () => import('./messages.de.json') },
  account: { fr: () => import('./account.fr.json'), en: () => import('./account.en.json'), de: () => import('./account.de.json') },
  office: { fr: () => import('./office.fr.json'), en: () => import('./office.en.json'), de: () => import('./office.de.json') },
  chart: { fr: () => import('./chart.fr.json'), en: () => import('./chart.en.json'), de: () => import('./chart.de.json') },
  desk: { fr: () => import('./desk.fr.json'), en: () => import('./desk.en.json'), de: () => import('./desk.de.json') },
  documents: { fr: () => import('./documents.fr.json'), en: () => import('./documents.en.json'), de: () => import('./documents.de.json') },
  mail: { fr: () => import('./mail.fr.json'), en: () => import('./mail.en.json'), de: () => import('./mail.de.json') },
  notes: { fr: () => import('./notes.fr.json'), en: () => import('./notes.en.json'), de: () => import('./notes.de.json') },
  perioperative: { fr: () => import('./perioperative.fr.json'), en: () => import('./perioperative.en.json'), de: () => import('./perioperative.de.json') },
  surgery: { fr: () => import('./surgery.fr.json'), en: () => import('./surgery.en.json'), de: () => import('./surgery.de.json') },
  theatre: { fr: () => import('./theatre.fr.json'), en: () => import('./theatre.en.json'), de: () => import('./theatre.de.json') },
  booking: { fr: () => import('./booking.fr.json'), en: () => import('./booking.en.json'), de: () => import('./booking.de.json') },
  workflow: { fr: () => import('./workflow.fr.json'), en: () => import('./workflow.en.json'), de: () => import('./workflow.de.json') },
  shell: { fr: () => import('./shell.fr.json'), en: () => import('./shell.en.json'), de: () => import('./shell.de.json') },
};

const wanted = new Set<Part>(['app']);
const loads = new Map<string, Promise<void>>();

/** Loads a part once; a failed load is tried again when it is next asked for. */
function loadPart(part: Part, language: Language): Promise<void> {
  const name = `${part}.${language}`;
  const known = loads.get(name);
  if (known) return known;
  const load = loaders[part][language]().then((words) => void i18next.addResourceBundle(language, 'translation', words.default, true));
  loads.set(name, load);
  load.catch(() => loads.delete(name));
  return load;
}

const load = async (language: Language): Promise<void> => void (await Promise.all([...wanted].map((part) => loadPart(part, language))));

/** A page that few people open, or open late, and the words that it needs. */
export function withWords<T>(page: () => Promise<T>, part: Part = 'office'): () => Promise<T> {
  return async () => {
    wanted.add(part);
    const [loaded] = await Promise.all([page(), loadPart(part, i18next.language as Language)]);
    return loaded;
  };
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
