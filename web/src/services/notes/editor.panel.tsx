import { Button, Menu, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconDots, IconHistory, IconPrinter, IconSignature, IconTemplate, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { ConflictModal } from './conflict.modal';
import { Copied } from './copied.panel';
import { EntriesPanel } from './entries.panel';
import type { Keeper } from './keeper';
import { KeptState } from './kept.panel';
import { useKeys } from './keys';
import { currentOf, signNote, useTemplates, type Note } from './note.resource';
import { OwnTemplatesModal } from './own-templates.modal';
import { NotePaper } from './paper.panel';
import { ReasonModal } from './reason.modal';
import { SectionField } from './section.form';
import { blanksIn } from './shortcuts';
import { AmendedNotice } from './state.panel';
import { useKeeper } from './use-keeper';
import { VersionsModal } from './versions.modal';

type Asked = 'versions' | 'withdraw' | 'template' | null;

/** The note that is being written. Ctrl+Enter signs, Ctrl+S saves now, Esc goes back to the list. */
export function Editor({ first, open }: { first: Note; open: (id?: string) => void }) {
  const { t } = useTranslation();
  const { keeper, kept } = useKeeper(first);
  const { note, content } = kept;
  const templates = useTemplates();
  const [at, setAt] = useState(first.sections[0]?.code ?? '');
  const [asked, setAsked] = useState<Asked>(null);
  const sign = useSign(keeper);
  const busy = sign.isPending || asked !== null || kept.keeping === 'conflict';
  const blanks = content.sections.reduce((count, { text }) => count + blanksIn(text), 0);
  const [warned, setWarned] = useState(false);
  const seal = () => {
    if (busy || note.signable === false) return;
    if (blanks > 0 && !warned) setWarned(true);
    else sign.mutate();
  };
  useKeys((event, over) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && !event.shiftKey && event.key.toLowerCase() === 's') void keeper.flush();
    else if (command && event.key === 'Enter' && !over) seal();
    else if (event.key === 'Escape' && !over && !event.isComposing) open();
    else return false;
    return true;
  });
  const shortcuts = templates.data?.shortcuts ?? [];
  return (
    <div className="mh-note-edit">
      <div className="mh-note-bar">
        <Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={16} aria-hidden="true" />} onClick={() => open()}>{t('notes.back')}</Button>
        <TextInput
          className="mh-note-title"
          aria-label={t('notes.title')}
          value={content.title}
          maxLength={200}
          onChange={(event) => {
            const title = event.currentTarget.value;
            keeper.edit((now) => ({ ...now, title }));
          }}
          onBlur={() => void keeper.send()}
        />
        <span className="mh-tag">{t(`notes.kind.${note.kind}`)}</span>
        <KeptState kept={kept} retry={() => void keeper.flush()} />
        <div className="mh-note-acts">
          <More note={note} ask={setAsked} />
          <Button
            leftSection={<IconSignature size={16} aria-hidden="true" />}
            loading={sign.isPending}
            disabled={note.signable === false}
            aria-keyshortcuts="Control+Enter"
            title={t('notes.signKey')}
            onClick={seal}
          >
            {t('notes.sign')}
          </Button>
        </div>
      </div>
      {(sign.isError || kept.keeping === 'refused') && <div className="mh-note-notice"><FailureNotice error={sign.error ?? kept.error} /></div>}
      {warned && blanks > 0 && (
        <div className="mh-notice mh-notice-warn mh-note-notice" role="alert">
          <IconAlertTriangle size={18} aria-hidden="true" />
          <span>{t('notes.blanksLeft', { count: blanks })}</span>
          <Button size="compact-sm" variant="default" onClick={() => sign.mutate()}>{t('notes.signAnyway')}</Button>
        </div>
      )}
      <Copied note={note} keeper={keeper} />
      {note.amends && <AmendedNotice note={note} open={open} />}
      <div className="mh-note-columns">
        <div className="mh-note-sections">
          {content.sections.map((section, index) => (
            <SectionField key={section.code} section={section} shortcuts={shortcuts} first={index === 0} focused={() => setAt(section.code)} keeper={keeper} />
          ))}
        </div>
        <EntriesPanel keeper={keeper} kept={kept} at={at} shortcuts={shortcuts} />
      </div>
      {kept.keeping === 'conflict' && kept.theirs && <ConflictModal kept={kept} keeper={keeper} />}
      {asked === 'versions' && <VersionsModal note={note} close={() => setAsked(null)} />}
      {asked === 'template' && <OwnTemplatesModal from={{ kind: note.kind, sections: content.sections }} close={() => setAsked(null)} />}
      {asked === 'withdraw' && <ReasonModal act="discard" note={note} close={() => setAsked(null)} done={() => open()} />}
      <NotePaper note={{ ...note, ...content }} />
    </div>
  );
}

/** Saves, then signs what was saved; a text that was changed meanwhile is shown, never signed unseen. */
function useSign(keeper: Keeper) {
  return useMutation({
    mutationFn: async () => {
      if (!(await keeper.flush())) {
        if (keeper.get().keeping === 'conflict') return;
        throw keeper.get().error;
      }
      const { note } = keeper.get();
      keeper.replace(await signNote(note.id, note.version));
    },
    onError: (error) => {
      // What was saved is safe; what stands now has to be seen before it is signed.
      const current = currentOf(error);
      if (current) keeper.replace(current);
    },
  });
}

function More({ note, ask }: { note: Note; ask: (what: Asked) => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" px={10} aria-label={t('notes.more')}><IconDots size={16} aria-hidden="true" /></Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconHistory size={16} aria-hidden="true" />} onClick={() => ask('versions')}>{t('notes.versions')}</Menu.Item>
        <Menu.Item leftSection={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>{t('notes.print')}</Menu.Item>
        <Menu.Item leftSection={<IconTemplate size={16} aria-hidden="true" />} onClick={() => ask('template')}>{t('notes.own.keep')}</Menu.Item>
        {note.withdrawable !== false && <Menu.Item leftSection={<IconTrash size={16} aria-hidden="true" />} onClick={() => ask('withdraw')}>{t('notes.discard')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
