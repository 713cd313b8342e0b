// A sheet of paper says by itself whose record it is, on every page: identity above, who printed it and when below.
import i18next from 'i18next';
import { formatDateTime, type Language } from '../datatypes/Date/format';
import { session } from '../fhir/session';

/** Text as a CSS string. */
export const cssString = (text: string): string => `"${text.replace(/\s+/g, ' ').trim().replace(/["\\]/g, '\\$&')}"`;

/** The banner as one line, in its own order; empty outside of a chart, and where a document brings its own. */
function identity(): string {
  if ('paper' in document.documentElement.dataset) return '';
  const parts = [...document.querySelectorAll('.mh-banner-name, .mh-banner-fact')].map((part) => part.textContent ?? '');
  return parts.filter((part) => part.trim()).join(' · ');
}

function origin(): string {
  const now = session.get();
  if (!('me' in now)) return '';
  const when = formatDateTime(new Date().toISOString(), i18next.language as Language) ?? '';
  return i18next.t('app.printed', { tenant: now.me.tenantTitle, when, name: now.me.name });
}

export const pageRules = (above: string, below: string): string => `@page {
  size: A4; margin: ${above ? '20mm' : '14mm'} 12mm 16mm;
  @top-left { content: ${cssString(above)}; font: 600 9pt sans-serif; white-space: normal; }
  @bottom-left { content: ${cssString(below)}; font: 8pt sans-serif; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; }
}`;

/** Dresses the pages before each print, in light colours; returns the way to stop. */
export function watchPrint(): () => void {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const root = document.documentElement;
  let scheme: string | undefined;
  const dress = () => {
    sheet.replaceSync(pageRules(identity(), origin()));
    if (root.dataset.mantineColorScheme === 'dark') {
      scheme = 'dark';
      root.dataset.mantineColorScheme = 'light';
    }
  };
  const undress = () => {
    if (scheme) root.dataset.mantineColorScheme = scheme;
    scheme = undefined;
  };
  const paper = window.matchMedia('print');
  const turn = () => (paper.matches ? dress() : undress());
  window.addEventListener('beforeprint', dress);
  window.addEventListener('afterprint', undress);
  paper.addEventListener('change', turn);
  return () => {
    window.removeEventListener('beforeprint', dress);
    window.removeEventListener('afterprint', undress);
    paper.removeEventListener('change', turn);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
