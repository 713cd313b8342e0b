import '@mantine/core/styles/PasswordInput.css';
import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { strengthOf } from './strength.resource';

interface NewPasswordProps {
  user: string;
  /** What anybody knows of the person; a password made of it is weak. */
  known: string[];
  /** Also asks the present password. */
  asksOld?: boolean;
  /** Letters that the server wants at least. */
  shortest: number;
  label: string;
  busy: boolean;
  wait?: boolean;
  save: (next: string, old: string) => void;
  cancel?: () => void;
  children?: React.ReactNode;
}

/** A new password: a long one, in whatever letters; seen on demand, so it is typed once. */
export function NewPasswordForm({ user, known, asksOld = false, shortest, label, busy, wait = false, save, cancel, children }: NewPasswordProps) {
  const { t } = useTranslation();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const strength = strengthOf(next, [user, ...known], shortest);
  const ready = strength !== 'short' && (!asksOld || old !== '');
  const toggle = { 'aria-label': t('account.show') };
  return (
    <form
      className="mh-stack-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !wait) save(next, old);
      }}
    >
      <input type="text" name="username" autoComplete="username" value={user} readOnly hidden />
      {asksOld && <PasswordInput label={t('account.oldPassword')} value={old} onChange={(event) => setOld(event.currentTarget.value)} autoComplete="current-password" visibilityToggleButtonProps={toggle} autoFocus />}
      <PasswordInput
        label={t('account.newPassword')}
        description={t('account.passwordHint', { count: shortest })}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        autoComplete="new-password"
        visibilityToggleButtonProps={toggle}
        autoFocus={!asksOld}
      />
      <div className="mh-strength" data-strength={next ? strength : 'none'}>
        <span aria-hidden="true"><i /><i /><i /></span>
        <span role="status">{next ? t(`account.strength.${strength}`) : ''}</span>
      </div>
      {children}
      <div className="mh-acts">
        <Button type="submit" loading={busy} disabled={!ready || wait}>{label}</Button>
        {cancel && <Button variant="default" onClick={cancel}>{t('account.cancel')}</Button>}
      </div>
    </form>
  );
}
