import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useId, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import { newId } from '../core/entry.resource';
import { mostOf, sumOf, useRecoverySend, type Scale } from './recovery.resource';

/** A score: one tap an item; the sum and what it means run along. */
export function ScoreForm({ surgery, scale }: { surgery: string; scale: Scale }) {
  const { t } = useTranslation();
  const [items, setItems] = useState<Record<string, number>>({});
  const id = useRef(newId());
  const send = useRecoverySend(surgery, 'scores');
  const { total, whole, fit } = sumOf(scale, items);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!whole || send.isPending) return;
    send.mutate({ id: id.current, scale: scale.scale, items }, {
      onSuccess: () => {
        id.current = newId();
        setItems({});
      },
    });
  };
  return (
    <form onSubmit={submit} className="mh-peri-score" aria-label={t(`peri.scale.${scale.scale}`)}>
      {scale.items.map((item) => <Item key={item.code} item={item} value={items[item.code]} change={(value) => setItems((now) => ({ ...now, [item.code]: value }))} />)}
      {send.error ? <FailureNotice error={send.error} /> : null}
      <div className="mh-peri-score-foot">
        <p className="mh-peri-total" role="status"><strong>{total}</strong> / {mostOf(scale)}</p>
        <p className={whole ? (fit ? 'mh-ok mh-inline' : 'mh-warn mh-inline') : 'mh-quiet mh-inline'}>
          {whole && (fit ? <IconCheck size={18} aria-hidden="true" /> : <IconAlertTriangle size={18} aria-hidden="true" />)}
          {whole ? t(fit ? 'peri.score.fit' : 'peri.score.notFit', { n: scale.fit }) : t('peri.score.left', { count: scale.items.length - Object.keys(items).length })}
        </p>
        <Button size="lg" type="submit" disabled={!whole} loading={send.isPending}>{t('peri.save')}</Button>
      </div>
    </form>
  );
}

function Item({ item, value, change }: { item: Scale['items'][number]; value: number | undefined; change: (value: number) => void }) {
  const name = useId();
  return (
    <fieldset className="mh-peri-tiles">
      <legend>{item.label}</legend>
      <div>
        {[...item.choices].sort((a, b) => b.value - a.value).map((choice) => (
          <label key={choice.value} data-on={value === choice.value || undefined}>
            <input type="radio" name={name} checked={value === choice.value} onChange={() => change(choice.value)} />
            <span><strong>{choice.value}</strong> {choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
