import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf } from '../../design/faults';
import { PatientPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { useDraft } from './drafts';
import { useBegin } from './messages.resource';
import { PeopleFields, toOf, type Chosen } from './people.panel';
import { Words } from './writer.panel';

const SUBJECT_MAX = 160;

/** Begins a conversation: to whom, about what, the first words. In a chart the patient is known. */
export function NewConversationForm({ patient, done }: { patient: string | null; done: (id: string) => void }) {
  const { t } = useTranslation();
  const [subject, setSubject] = useState('');
  const [chosen, choose] = useState<Chosen>({ people: [], teams: [] });
  const [picked, pick] = useState<Picked | null>(null);
  const { draft, edit, sending, sent } = useDraft(`new/${patient ?? ''}`);
  const begin = useBegin();
  const to = toOf(chosen);
  const ready = subject.trim() !== '' && draft.text.trim() !== '' && to.length > 0 && !begin.isPending;
  const about = patient ?? picked?.id;
  const go = () => {
    if (!ready) return;
    sending();
    begin.mutate({ key: draft.key, subject: subject.trim(), ...(about ? { patient: about } : {}), to, text: draft.text.trim(), urgent: draft.urgent, mentions: [] }, {
      onSuccess: (begun) => {
        sent();
        setSubject('');
        choose({ people: [], teams: [] });
        if (begun) done(begun.id);
      },
    });
  };
  return (
    <form
      className="mh-talk-new-form mh-talk-write"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <PeopleFields chosen={chosen} choose={choose} />
      {patient === null && <PatientPicker label={t('messages.patient')} hint={t('messages.patientHint')} picked={picked} pick={pick} error={faultOf(begin.error, 'patient')} />}
      <TextInput label={t('messages.subject')} value={subject} maxLength={SUBJECT_MAX} error={faultOf(begin.error, 'subject')} onChange={(event) => setSubject(event.currentTarget.value)} />
      <Words draft={draft} edit={edit} go={go} label={t('messages.first')} />
      <p className="mh-quiet">{t('messages.onlyThey')}</p>
      {begin.isError && <FailureNotice error={begin.error} />}
      <div className="mh-actions mh-talk-send">
        <Checkbox label={t('messages.urgent')} checked={draft.urgent} onChange={(event) => edit({ urgent: event.currentTarget.checked })} />
        <span className="mh-grow" />
        <Button type="submit" disabled={!ready} loading={begin.isPending} leftSection={<IconSend size={18} aria-hidden="true" />}>{t('messages.send')}</Button>
      </div>
    </form>
  );
}
