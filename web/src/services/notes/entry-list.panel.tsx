import { CloseButton } from '@mantine/core';
import { IconActivityHeartbeat, IconClipboardText, IconPill, IconStethoscope } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n';
import { codeText } from '../../i18n/code';
import { entryText, useEntry } from './entry.resource';
import type { Keeper } from './keeper';
import type { Section } from './note.resource';

const ICONS = { Observation: IconActivityHeartbeat, Condition: IconClipboardText, Procedure: IconStethoscope, MedicationRequest: IconPill } as const;

/** What a section says in coded form. Without a keeper it is only read. */
export function EntryList({ section, keeper }: { section: Section; keeper?: Keeper }) {
  if (!section.entries.length) return null;
  const detach = (reference: string) =>
    keeper?.edit((now) => ({ ...now, sections: now.sections.map((one) => (one.code === section.code ? { ...one, entries: one.entries.filter((entry) => entry !== reference) } : one)) }));
  return (
    <ul className="mh-note-entries">
      {section.entries.map((reference) => (
        <EntryLine key={reference} reference={reference} detach={keeper && (() => detach(reference))} />
      ))}
    </ul>
  );
}

export function EntryText({ reference }: { reference: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const entry = useEntry(reference);
  const type = reference.split('/')[0] ?? '';
  if (entry.data) return <>{entryText(entry.data, language, (key, values) => t(key, values))}</>;
  return <span className="mh-quiet">{codeText('resourceType', type)}{entry.isError && ` (${t('notes.entryUnread')})`}</span>;
}

function EntryLine({ reference, detach }: { reference: string; detach?: () => void }) {
  const { t } = useTranslation();
  const Mark = ICONS[(reference.split('/')[0] ?? '') as keyof typeof ICONS] ?? IconClipboardText;
  return (
    <li>
      <Mark size={14} stroke={1.8} aria-hidden="true" />
      <span><EntryText reference={reference} /></span>
      {detach && <CloseButton size="xs" aria-label={t('notes.detach')} title={t('notes.detach')} onClick={detach} />}
    </li>
  );
}
