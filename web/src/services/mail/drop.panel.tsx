import { Button } from '@mantine/core';
import { IconCamera, IconUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../fhir/http';
import { BYTES_MAX, send, useRenewed } from './mail.resource';

interface Refused { name: string; why: string }

const TAKEN = 'application/pdf,image/png,image/jpeg,.pdf,.png,.jpg,.jpeg';

/** Files are dropped, chosen, or photographed; each goes alone, so that one refused keeps no other out. */
export function DropZone() {
  const { t } = useTranslation();
  const renew = useRenewed();
  const [over, setOver] = useState(false);
  const [under, setUnder] = useState<{ done: number; of: number } | null>(null);
  const [refused, setRefused] = useState<Refused[]>([]);
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const take = async (files: File[]) => {
    if (files.length === 0 || under) return;
    const faults: Refused[] = [];
    for (const [done, file] of files.entries()) {
      setUnder({ done, of: files.length });
      if (file.size > BYTES_MAX) {
        faults.push({ name: file.name, why: t('mail.tooLong', { max: BYTES_MAX / 1024 / 1024 }) });
        continue;
      }
      try {
        // One after the other: a clinic's line is narrow, and the order is that of the pile.
        // oxlint-disable-next-line no-await-in-loop
        await send(file, null);
      } catch (error) {
        faults.push({ name: file.name, why: error instanceof Failure && error.message ? error.message : t('failure.unexpected') });
      }
    }
    setUnder(null);
    setRefused(faults);
    renew();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };
  const chosen = (input: HTMLInputElement) => {
    void take([...(input.files ?? [])]);
    input.value = '';
  };
  return (
    <>
      <div className="mh-mail-drop" data-over={over || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <span>{t('mail.drop')}</span>
        <input ref={picker} type="file" multiple accept={TAKEN} hidden aria-label={t('mail.choose')} onChange={(event) => chosen(event.currentTarget)} />
        <input ref={camera} type="file" accept="image/*" capture="environment" hidden aria-label={t('mail.photo')} onChange={(event) => chosen(event.currentTarget)} />
        <Button size="compact-md" leftSection={<IconUpload size={16} aria-hidden="true" />} loading={under !== null} onClick={() => picker.current?.click()}>{t('mail.choose')}</Button>
        <Button size="compact-md" variant="default" leftSection={<IconCamera size={16} aria-hidden="true" />} onClick={() => camera.current?.click()}>{t('mail.photo')}</Button>
        {under && <progress aria-label={t('mail.sending')} max={under.of} value={under.done} />}
      </div>
      {refused.length > 0 && (
        <div className="mh-notice mh-notice-warn" role="alert">
          <ul className="mh-mail-refused">{refused.map(({ name, why }, index) => <li key={index}><strong>{name}</strong> – {why}</li>)}</ul>
        </div>
      )}
    </>
  );
}
