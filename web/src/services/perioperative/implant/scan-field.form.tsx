import { Button } from '@mantine/core';
import { IconCamera, IconScan } from '@tabler/icons-react';
import { useEffect, useId, useState, type FormEvent, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Camera, hasCamera } from './camera.panel';
import { isSeparatorKey, SEPARATOR, sentCode, shownCode } from './scan';

interface ScanFieldProps { scan: (code: string) => void; busy: boolean; /** The field itself, for who sends the cursor back into it. */ field: RefObject<HTMLInputElement | null> }

/** Where a reader types. It has the focus whenever a scan is expected: a new `key` empties it for the next one. */
export function ScanField({ scan, busy, field }: ScanFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [camera, setCamera] = useState(false);
  useEffect(() => field.current?.focus(), [field]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const code = sentCode(text);
    if (code && !busy) scan(code);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!isSeparatorKey(event)) return;
    event.preventDefault();
    setText((now) => now + shownCode(SEPARATOR));
  };
  return (
    <form className="mh-peri-scan" onSubmit={submit}>
      <label htmlFor={id}>{t('peri.scan.label')}</label>
      <div className="mh-peri-scan-line">
        <IconScan size={26} aria-hidden="true" />
        <input id={id} ref={field} value={text} autoComplete="off" spellCheck={false} placeholder={t('peri.scan.placeholder')} onChange={(event) => setText(shownCode(event.currentTarget.value))} onKeyDown={press} />
        <Button size="lg" type="submit" loading={busy}>{t('peri.scan.read')}</Button>
        {hasCamera() && <Button size="lg" variant="default" leftSection={<IconCamera size={20} aria-hidden="true" />} onClick={() => setCamera(true)}>{t('peri.scan.camera')}</Button>}
      </div>
      {!hasCamera() && <p className="mh-quiet">{t('peri.scan.noCamera')}</p>}
      {camera && <Camera close={() => setCamera(false)} found={(code) => {
        setCamera(false);
        scan(sentCode(code));
      }} />}
    </form>
  );
}
