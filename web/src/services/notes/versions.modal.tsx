import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded } from '../../design/Panel';
import { DiffText } from './diff.panel';
import { useVersions, type Note, type Version } from './note.resource';

/** Every version that the server kept, each with what it changed. */
export function VersionsModal({ note, close }: { note: Note; close: () => void }) {
  const { t } = useTranslation();
  const versions = useVersions(note.id, note.version);
  return (
    <Modal opened onClose={close} title={t('notes.versionsOf', { title: note.title })} size={980} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Loaded query={versions}>{(rows) => <Versions rows={rows} />}</Loaded>
    </Modal>
  );
}

const changesOf = (row: Version, before: Version | undefined) => row.sections.filter((section) => (before?.sections.find(({ code }) => code === section.code)?.text ?? '') !== section.text);

function Versions({ rows }: { rows: Version[] }) {
  const { t } = useTranslation();
  // A signature changes no text: what was written last is shown first.
  const [chosen, setChosen] = useState(() => Math.max(0, rows.findIndex((row, index) => changesOf(row, rows[index + 1]).length > 0)));
  const shown = rows[chosen];
  const before = rows[chosen + 1];
  if (!shown) return null;
  const changed = changesOf(shown, before);
  return (
    <div className="mh-versions">
      <ol>
        {rows.map((row, index) => (
          <li key={row.version}>
            <button type="button" aria-pressed={index === chosen} onClick={() => setChosen(index)}>
              <span className="mh-strong">{t('notes.version', { number: row.version })}</span>
              <DateText value={row.savedAt} time />
              <span className="mh-quiet">{[row.editor?.name, row.status === 'draft' ? null : t(`notes.status.${row.status as 'signed'}`)].filter(Boolean).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ol>
      <div className="mh-versions-text" tabIndex={0} role="region" aria-label={t('notes.changes')}>
        <p className="mh-quiet">{before ? t('notes.changesSince', { number: before.version }) : t('notes.firstVersion')}</p>
        {changed.length === 0 && <p>{t('notes.noChange')}</p>}
        {changed.map((section) => (
          <section key={section.code}>
            <h3>{section.title}</h3>
            <DiffText before={before?.sections.find(({ code }) => code === section.code)?.text ?? ''} after={section.text} />
          </section>
        ))}
      </div>
    </div>
  );
}
