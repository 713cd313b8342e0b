import { Button, Checkbox, CloseButton, Textarea } from '@mantine/core';
import { IconBellRinging } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf } from '../../design/faults';
import { PractitionerPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { CALLABLE, PRIORITIES, useCall, type Priority } from './alerts.resource';

const TEXT_MAX = 500;

/** Who must come, how fast, and why. */
export function CallForm({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const [priority, setPriority] = useState<Priority | null>(null);
  const [text, setText] = useState('');
  const [roles, setRoles] = useState<string[]>([]);
  const [people, setPeople] = useState<Picked[]>([]);
  const call = useCall();
  const to = [...people.map(({ id }) => `Practitioner/${id}`), ...roles];
  const ready = priority !== null && text.trim() !== '' && to.length > 0;
  const send = () =>
    priority && call.mutate({ patient, priority, text: text.trim(), to }, {
      onSuccess: () => {
        setText('');
        setRoles([]);
        setPeople([]);
        setPriority(null);
      },
    });
  return (
    <form
      className="mh-call"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send();
      }}
    >
      <fieldset>
        <legend>{t('alerts.howFast')}</legend>
        <div className="mh-call-priorities">
          {PRIORITIES.map((one) => (
            <button key={one} type="button" data-priority={one} aria-pressed={priority === one} onClick={() => setPriority(one)}><strong>{t(`alerts.priority.${one}`)}</strong><span>{t(`alerts.within.${one}`)}</span></button>
          ))}
        </div>
      </fieldset>
      <Textarea label={t('alerts.what')} description={t('alerts.whatHint')} autosize minRows={2} maxRows={6} maxLength={TEXT_MAX} value={text} error={faultOf(call.error, 'text')} onChange={(event) => setText(event.currentTarget.value)} />
      <fieldset>
        <legend>{t('alerts.whom')}</legend>
        <div className="mh-call-roles">
          {CALLABLE.map((role) => (
            <Checkbox key={role} label={t(`code.role.${role}`)} checked={roles.includes(role)} onChange={(event) => setRoles(event.currentTarget.checked ? [...roles, role] : roles.filter((one) => one !== role))} />
          ))}
        </div>
        {people.length > 0 && <ul className="mh-call-people">{people.map((one) => <li key={one.id}>{one.label}<CloseButton size="sm" aria-label={t('alerts.drop', { who: one.label })} onClick={() => setPeople(people.filter(({ id }) => id !== one.id))} /></li>)}</ul>}
        <PractitionerPicker label={t('alerts.person')} picked={null} pick={(one) => one && !people.some(({ id }) => id === one.id) && setPeople([...people, one])} />
      </fieldset>
      <p className="mh-quiet">{t('alerts.ladder')}</p>
      {call.isError && <FailureNotice error={call.error} />}
      {call.isSuccess && !ready && <p className="mh-notice" role="status">{t('alerts.sent')}</p>}
      <div className="mh-actions mh-actions-end"><Button type="submit" size="md" disabled={!ready} loading={call.isPending} leftSection={<IconBellRinging size={18} aria-hidden="true" />}>{t('alerts.send')}</Button></div>
    </form>
  );
}
