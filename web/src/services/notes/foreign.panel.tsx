import { Button } from '@mantine/core';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { conceptText } from '../../datatypes/CodeableConcept/concept';
import { formatDateTime } from '../../datatypes/Date/format';
import { Loaded } from '../../design/Panel';
import { Paper } from '../../design/Paper';
import { fhirRead } from '../../fhir/client';
import type { CodeableConcept, Reference, Resource } from '../../fhir/types';
import { useLanguage } from '../../i18n';
import { useKeys } from './keys';

interface Part { title?: string; text?: { div?: string }; section?: Part[] }
interface Letter extends Resource { title?: string; date?: string; type?: CodeableConcept; author?: Reference[]; section?: Part[] }

const BREAKS = /<\/(p|div|li|tr|h\d)>|<br\s*\/?>/gi;

/** The words of a narrative; a document that is only parsed runs nothing. */
export function wordsOf(div: string | undefined): string {
  if (!div) return '';
  const body = new DOMParser().parseFromString(div.replace(BREAKS, '$&\n'), 'text/html').body;
  return (body.textContent ?? '').replace(/[ \t]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

const flat = (parts: Part[] = []): Part[] => parts.flatMap((part) => [part, ...flat(part.section)]);

/** A document that was not written here: it is read as it came. */
export function ForeignNote({ id, patientId, open }: { id: string; patientId: string; open: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['note', id, 'foreign'], queryFn: ({ signal }) => fhirRead<Letter>('Composition', id, signal) });
  useKeys((event, over) => {
    if (event.key !== 'Escape' || over) return false;
    open();
    return true;
  });
  return (
    <div className="mh-note-read">
      <div className="mh-note-bar">
        <Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={16} aria-hidden="true" />} onClick={open}>{t('notes.back')}</Button>
        <span className="mh-quiet mh-grow">{t('notes.foreign')}</span>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>{t('notes.print')}</Button>
      </div>
      <Loaded query={query}>{(letter) => <LetterText letter={letter} patientId={patientId} />}</Loaded>
    </div>
  );
}

function LetterText({ letter, patientId }: { letter: Letter; patientId: string }) {
  const language = useLanguage();
  const title = letter.title || conceptText(letter.type);
  const about = [conceptText(letter.type), formatDateTime(letter.date, language), letter.author?.map(({ display }) => display).filter(Boolean).join(', ')].filter((part) => part && part !== title).join(' · ');
  const parts = flat(letter.section).map((part) => ({ title: part.title ?? '', text: wordsOf(part.text?.div) }));
  return (
    <>
      <article className="mh-note-paper">
        <header><h3>{title}</h3><p className="mh-quiet">{about}</p></header>
        {parts.map((part, index) => <section key={index}>{part.title && <h4>{part.title}</h4>}<p className="mh-note-text">{part.text}</p></section>)}
      </article>
      <Paper patientId={patientId} title={title}>
        <p>{about}</p>
        {parts.map((part, index) => <section key={index}>{part.title && <h2>{part.title}</h2>}<p>{part.text}</p></section>)}
      </Paper>
    </>
  );
}
