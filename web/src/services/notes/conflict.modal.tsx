import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import { DiffText } from './diff.panel';
import { disputed, merged, type Disputed, type Keeper, type Kept } from './keeper';

/** Two texts of one note, side by side. Nothing is sent, and nothing is thrown away, until the person has chosen. */
export function ConflictModal({ kept, keeper }: { kept: Kept; keeper: Keeper }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { note, content, theirs } = kept;
  const [settled, setSettled] = useState<Record<string, string>>({});
  if (!theirs) return null;
  const parts = disputed(note, content, theirs);
  const result = (part: Disputed) => settled[part.code] ?? part.proposed ?? undefined;
  const open = parts.filter((part) => result(part) === undefined).length;
  const put = (code: string, text: string) => setSettled((now) => ({ ...now, [code]: text }));
  const all = (side: 'mine' | 'theirs') => setSettled(Object.fromEntries(parts.map((part) => [part.code, part[side]])));
  const finish = () => void keeper.settle(merged(content, theirs, Object.fromEntries(parts.map((part) => [part.code, result(part) ?? part.mine]))));
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} size={1180} yOffset={110} title={t('notes.conflictTitle')}>
      <p className="mh-lead">{t('notes.conflictExplain', { name: theirs.editor?.name ?? t('notes.somebody'), at: formatDateTime(theirs.savedAt, language) ?? '' })}</p>
      <div className="mh-actions">
        <Button size="compact-sm" variant="default" onClick={() => all('mine')}>{t('notes.keepAllMine')}</Button>
        <Button size="compact-sm" variant="default" onClick={() => all('theirs')}>{t('notes.keepAllTheirs')}</Button>
      </div>
      {parts.map((part) => (
        <Part key={part.code} part={part} result={result(part)} put={(text) => put(part.code, text)} />
      ))}
      {parts.length === 0 && <p className="mh-empty">{t('notes.sameText')}</p>}
      <div className="mh-actions mh-actions-end">
        {open > 0 && <span className="mh-quiet">{t('notes.openParts', { count: open })}</span>}
        <Button disabled={open > 0} onClick={finish}>{t('notes.saveChoice')}</Button>
      </div>
    </Modal>
  );
}

function Part({ part, result, put }: { part: Disputed; result: string | undefined; put: (text: string) => void }) {
  const { t } = useTranslation();
  const both = [part.theirs, part.mine].filter(Boolean).join('\n');
  const choices = [
    ['mine', part.mine],
    ['theirs', part.theirs],
    ['both', both],
  ] as const;
  return (
    <section className="mh-conflict" aria-label={part.title}>
      <h3>{part.title}</h3>
      <div className="mh-conflict-sides">
        <div>
          <p className="mh-quiet">{t('notes.mine')}</p>
          {part.mine ? <DiffText before={part.theirs} after={part.mine} own /> : <p className="mh-absent">{t('notes.noText')}</p>}
        </div>
        <div>
          <p className="mh-quiet">{t('notes.theirs')}</p>
          {part.theirs ? <DiffText before={part.mine} after={part.theirs} own /> : <p className="mh-absent">{t('notes.noText')}</p>}
        </div>
      </div>
      <div className="mh-actions">
        {choices.map(([choice, text]) => (
          <Button key={choice} size="compact-sm" variant={result === text ? 'filled' : 'default'} aria-pressed={result === text} onClick={() => put(text)}>
            {t(`notes.keep.${choice}`)}
          </Button>
        ))}
      </div>
      <Textarea mt={6} autosize minRows={2} maxRows={8} label={t('notes.result')} placeholder={t('notes.resultHint')} value={result ?? ''} onChange={(event) => put(event.currentTarget.value)} />
    </section>
  );
}
