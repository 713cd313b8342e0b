import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { isElsewhere } from '../../design/faults';
import { useSend } from '../../fhir/verbs';
import { suggestUser } from './accounts.resource';
import { PERSON_FIELDS, PersonForm, type PersonDraft } from './person.form';

const EMPTY: PersonDraft = { user: '', name: '', title: '', mail: '', roles: [], person: null };

/** A new account: the person gets a mail with a link, and chooses their own password. */
export default function InviteModal({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(EMPTY);
  const [ownUser, setOwnUser] = useState(false);
  const send = useSend<{ invited?: boolean }>('accounts');
  const change = (part: Partial<PersonDraft>) => {
    if (part.user !== undefined) setOwnUser(true);
    setDraft((now) => ({ ...now, ...(part.name !== undefined && !ownUser ? { user: suggestUser(part.name) } : {}), ...part }));
  };
  const ready = draft.user.trim() && draft.name.trim() && draft.mail.trim() && draft.roles.length > 0;
  const submit = () =>
    send.mutate({
      method: 'POST',
      path: 'accounts',
      body: { user: draft.user.trim(), name: draft.name.trim(), mail: draft.mail.trim(), roles: draft.roles, ...(draft.title.trim() ? { title: draft.title.trim() } : {}), ...(draft.person ? { person: `Practitioner/${draft.person.id}` } : {}) },
    });
  return (
    <Modal opened onClose={close} title={t('admin.invite.title')} size={760} yOffset={64} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {send.isSuccess ? (
        <>
          <p role="status">{t(send.data?.invited === false ? 'admin.invite.noMail' : 'admin.invite.sent', { name: draft.name, mail: draft.mail, user: draft.user })}</p>
          <div className="mh-actions mh-actions-end"><Button onClick={close} data-autofocus>{t('common.close')}</Button></div>
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) submit();
          }}
        >
          <p className="mh-lead mh-quiet">{t('admin.invite.explain')}</p>
          <div className="mh-fields">
            <PersonForm draft={draft} change={change} error={send.error} isNew />
          </div>
          {isElsewhere(send.error, PERSON_FIELDS) && <FailureNotice error={send.error} />}
          <div className="mh-actions mh-actions-end">
            <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
            <Button type="submit" disabled={!ready} loading={send.isPending}>{t('admin.invite.send')}</Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
