import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn, signInPin, type Step } from '../../fhir/auth';
import { Refusal, useWait } from './refusal';

interface PasswordFormProps {
  user: string;
  setUser: (user: string) => void;
  /** Whether this station is known, so that a PIN is enough for those who set one here. */
  station: boolean;
  next: (step: Step) => void;
  forgot: () => void;
}

/** User and password, or on a known station the PIN set there. */
export function PasswordForm({ user, setUser, station, next, forgot }: PasswordFormProps) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState('');
  const [byPin, setByPin] = useState(station);
  const enter = useMutation({
    mutationFn: async () => {
      if (byPin) return signInPin(user.trim(), secret).then(() => null);
      return signIn(user.trim(), secret);
    },
    onSuccess: (step) => step && next(step),
    onSettled: () => setSecret(''),
  });
  const wait = useWait(enter.error);
  const label = byPin ? t('signIn.pin') : t('signIn.password');
  return (
    <form
      className="mh-stack-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (user.trim() && secret && !wait) enter.mutate();
      }}
    >
      <TextInput
        label={t('signIn.user')}
        name="username"
        value={user}
        onChange={(event) => setUser(event.currentTarget.value)}
        autoComplete="username webauthn"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={!user}
        required
        withAsterisk={false}
      />
      <PasswordInput
        label={label}
        name={byPin ? 'pin' : 'password'}
        inputMode={byPin ? 'numeric' : undefined}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        autoComplete={byPin ? 'off' : 'current-password'}
        autoFocus={Boolean(user)}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
        required
        withAsterisk={false}
      />
      <Refusal error={enter.error} wait={wait} />
      <div className="mh-acts">
        <Button type="submit" loading={enter.isPending} disabled={wait > 0}>
          {t('signIn.enter')}
        </Button>
        {station && (
          <button
            type="button"
            className="mh-link"
            onClick={() => {
              setSecret('');
              setByPin(!byPin);
            }}
          >
            {byPin ? t('signIn.usePassword') : t('signIn.usePin')}
          </button>
        )}
        {!byPin && (
          <button type="button" className="mh-link mh-acts-end" onClick={forgot}>
            {t('signIn.forgot')}
          </button>
        )}
      </div>
    </form>
  );
}
