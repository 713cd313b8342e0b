import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { ownerOf } from '../../fhir/owner';
import { dropKept, leftCopies, type Copy } from './copies';
import { DiffText } from './diff.panel';
import type { Keeper } from './keeper';
import { sameContent, type Note } from './note.resource';

/** Texts of this note that an earlier page typed and could not save: offered back, with what they change. */
export function Copied({ note, keeper }: { note: Note; keeper?: Keeper }) {
  const owner = ownerOf(useMe());
  const left = useQuery({
    queryKey: ['note-copies', owner, note.id],
    gcTime: 0,
    queryFn: async () => {
      const found = await leftCopies(owner, note.id);
      const same = found.filter((copy) => sameContent(copy, note));
      await Promise.all(same.map(({ key }) => dropKept(key)));
      return found.filter((copy) => !same.includes(copy));
    },
  });
  return <>{(left.data ?? []).slice(0, 3).map((copy) => <One key={copy.key} copy={copy} note={note} keeper={keeper} />)}</>;
}

function One({ copy, note, keeper }: { copy: Copy; note: Note; keeper?: Keeper }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const changed = copy.sections.flatMap((section) => {
    const before = note.sections.find(({ code }) => code === section.code)?.text ?? '';
    return before === section.text ? [] : [{ ...section, before }];
  });
  const away = async () => {
    await dropKept(copy.key);
    await queries.invalidateQueries({ queryKey: ['note-copies'] });
  };
  const take = async (into: Keeper) => {
    setBusy(true);
    into.edit((now) => ({
      title: copy.title,
      sections: now.sections.map((section) => {
        const kept = copy.sections.find(({ code }) => code === section.code);
        return kept ? { ...section, text: kept.text, entries: [...new Set([...section.entries, ...kept.entries])] } : section;
      }),
    }));
    // The copy goes only once the server has the text.
    if (await into.flush()) await away();
    setBusy(false);
  };
  return (
    <section className="mh-copied" aria-label={t('notes.copied')}>
      <div className="mh-copied-head">
        <IconHistory size={18} aria-hidden="true" />
        <p className="mh-grow">
          <strong>{t('notes.copied')}</strong> {t(copy.base === note.version ? 'notes.copiedAt' : 'notes.copiedOlder', { at: formatDateTime(copy.at, language) ?? '' })}
        </p>
        {keeper && <Button size="compact-sm" loading={busy} onClick={() => void take(keeper)}>{t('notes.takeBack')}</Button>}
        {!keeper && <Button size="compact-sm" variant="default" onClick={() => void navigator.clipboard?.writeText(changed.map(({ title, text }) => `${title}\n${text}`).join('\n\n'))}>{t('notes.copyText')}</Button>}
        <Button size="compact-sm" variant="default" onClick={() => void away()}>{t('notes.leaveIt')}</Button>
      </div>
      <div className="mh-copied-text">
        {changed.map(({ code, title, before, text }) => (
          <div key={code}>
            <h3>{title}</h3>
            <DiffText before={before} after={text} />
          </div>
        ))}
      </div>
    </section>
  );
}
