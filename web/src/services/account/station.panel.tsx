import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconCheck, IconDeviceDesktop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { mayAny, useMe } from '../../fhir/session';
import { keepStation, keptStation } from '../../fhir/station';
import { forgetStation, registerStation } from './station.resource';
import { setPin, useAct } from './security.resource';

const PIN = /^\d{4,8}$/;

/** A shared ward station: an administrator makes it one, and each person may then set a PIN that works here alone. */
export function StationPanel() {
  const { t } = useTranslation();
  const me = useMe();
  const [station, setStation] = useState(keptStation);
  const manages = mayAny(me, ['admin']);
  if (!station && !manages) return null;
  return (
    <Panel title={t('station.title')} side={station && <span className="mh-tag mh-tag-accent">{station.name || station.id}</span>}>
      {station ? <PinForm /> : <Register registered={() => setStation(keptStation())} />}
      {station && manages && <Forget id={station.id} forgotten={() => setStation(null)} />}
    </Panel>
  );
}

function PinForm() {
  const { t } = useTranslation();
  const [pin, setPinText] = useState('');
  const save = useAct(setPin, () => setPinText(''));
  return (
    <form
      className="mh-stack-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (PIN.test(pin)) save.mutate(pin);
      }}
    >
      <p>{t('station.pinBody')}</p>
      <div className="mh-acts">
        <PasswordInput
          className="mh-pin"
          label={t('station.pin')}
          value={pin}
          onChange={(event) => setPinText(event.currentTarget.value.replace(/\D/g, '').slice(0, 8))}
          inputMode="numeric"
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('account.show') }}
        />
        <Button type="submit" mt="auto" variant="default" loading={save.isPending} disabled={!PIN.test(pin)}>{t('station.pinSave')}</Button>
        <span role="status">{save.isSuccess && <span className="mh-inline mh-ok"><IconCheck size={16} aria-hidden="true" />{t('station.pinSaved')}</span>}</span>
      </div>
      {save.isError && <FailureNotice error={save.error} />}
    </form>
  );
}

function Register({ registered }: { registered: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const register = useAct(registerStation, (kept) => {
    keepStation(kept);
    registered();
  });
  return (
    <form
      className="mh-stack-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) register.mutate(name.trim());
      }}
    >
      <p>{t('station.registerBody')}</p>
      <div className="mh-acts">
        <TextInput label={t('station.name')} placeholder={t('station.nameExample')} value={name} onChange={(event) => setName(event.currentTarget.value)} autoComplete="off" maxLength={60} />
        <Button type="submit" mt="auto" variant="default" leftSection={<IconDeviceDesktop size={16} aria-hidden="true" />} loading={register.isPending} disabled={!name.trim()}>
          {t('station.register')}
        </Button>
      </div>
      {register.isError && <FailureNotice error={register.error} />}
    </form>
  );
}

function Forget({ id, forgotten }: { id: string; forgotten: () => void }) {
  const { t } = useTranslation();
  const forget = useAct(forgetStation, () => {
    keepStation(null);
    forgotten();
  });
  return (
    <div className="mh-line mh-line-top">
      <p className="mh-grow mh-quiet">{t('station.forgetBody')}</p>
      <Button size="compact-sm" variant="default" loading={forget.isPending} onClick={() => forget.mutate(id)}>{t('station.forget')}</Button>
      {forget.isError && <FailureNotice error={forget.error} />}
    </div>
  );
}
