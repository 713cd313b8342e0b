import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { codeOf, type Label } from './scan';

/** For a label that no reader can read: number, lot and expiry by hand. */
export function TypedLabel({ read, busy }: { read: (code: string) => void; busy: boolean }) {
  const { t } = useTranslation();
  const [label, setLabel] = useState<Label>({ gtin: '', lot: '', serial: '', expiry: '' });
  const code = codeOf(label);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code && !busy) read(code);
  };
  const box = (name: keyof Label, hint?: string, longest = 20) => (
    <TextInput size="md" label={t(`peri.implant.${name}`)} placeholder={hint} maxLength={longest} autoComplete="off" value={label[name]} onChange={(event) => {
      const { value } = event.currentTarget;
      setLabel((now) => ({ ...now, [name]: value }));
    }} />
  );
  return (
    <details className="mh-peri-typed">
      <summary>{t('peri.scan.typed')}</summary>
      <form onSubmit={submit} aria-label={t('peri.scan.typed')}>
        {box('gtin', undefined, 14)}
        {box('lot')}
        {box('serial')}
        {box('expiry', t('peri.scan.date'), 10)}
        <Button size="lg" variant="default" type="submit" disabled={!code} loading={busy}>{t('peri.scan.read')}</Button>
      </form>
    </details>
  );
}
