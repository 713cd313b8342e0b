import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { Paper } from '../../design/Paper';
import { useLanguage } from '../../i18n';
import { EntryText } from './entry-list.panel';
import type { Note } from './note.resource';

/** A4: what is written, by whom, and whether it is signed. */
export function NotePaper({ note }: { note: Note }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const signed = note.signatures?.length ? note.signatures.map(({ role, by, at }) => t(`notes.signedAs.${role as 'author'}`, { name: by.name ?? '', at: formatDateTime(at, language) ?? '' })) : [];
  return (
    <Paper patientId={note.patient} title={note.title} foot={signed.length ? <>{signed.map((line) => <p key={line}>{line}</p>)}<p>{t('notes.simpleSignature')}</p></> : <p>{t('notes.unsignedPaper')}</p>}>
      <p>
        {t(`notes.kind.${note.kind}`)}{' · '}{formatDateTime(note.date, language)}{' · '}{note.author.name}{' · '}{t(`notes.status.${note.status}`)}
      </p>
      {note.sections.filter(({ text, entries }) => text.trim() || entries.length).map((section) => (
        <section key={section.code}>
          <h2>{section.title}</h2>
          <p>{section.text}</p>
          {section.entries.length > 0 && <ul>{section.entries.map((reference) => <li key={reference}><EntryText reference={reference} /></li>)}</ul>}
        </section>
      ))}
    </Paper>
  );
}
