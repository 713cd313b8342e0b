import { Button } from '@mantine/core';
import { IconAlertTriangle, IconMinus, IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import { Loaded, Panel } from '../../../design/Panel';
import { newId } from '../core/entry.resource';
import { kindWord } from '../core/words.resource';
import { useConsume, usePickList, type PickItem } from '../stock/stock.resource';

/** What the preference card wants, what stock has of it, and what was used: one tap for « as planned ». Implants are recorded by scan instead. */
export function PickList({ surgery }: { surgery: string }) {
  const { t } = useTranslation();
  const query = usePickList(surgery);
  return (
    <Panel title={t('peri.pick.title')} count={query.data?.items.length} side={query.data?.title} flush>
      <Loaded query={query}>
        {({ items, card, others = [] }) => (items.length || others.length ? <ul className="mh-list mh-peri-picks">{items.map((item) => <Pick key={item.line} item={item} surgery={surgery} />)}{others.map((other) => <li key={`${other.gtin ?? other.name}${other.lot}`}><div className="mh-grow"><p><strong>{other.name ?? other.gtin}</strong> <span className="mh-quiet">{t('peri.pick.other')}</span></p><p>{t('peri.pick.consumed', { n: other.consumed })}{other.lot && ` · ${t('peri.implant.lot')} ${other.lot}`}</p></div></li>)}</ul> : <p className="mh-empty">{t(card ? 'peri.pick.empty' : 'peri.pick.noCard')}</p>)}
      </Loaded>
    </Panel>
  );
}

function Pick({ item, surgery }: { item: PickItem; surgery: string }) {
  const { t } = useTranslation();
  const left = Math.max(0, item.wanted - item.consumed);
  const [quantity, setQuantity] = useState<number | null>(null);
  const consume = useConsume(surgery);
  const id = useRef(newId());
  const amount = quantity ?? Math.max(1, left);
  const step = (by: number) => setQuantity(Math.max(1, amount + by));
  const lot = item.lots.find((line) => line.state === 'ok' || line.state === 'soon');
  const run = () => consume.mutate([{ id: id.current, quantity: amount, ...(lot ? { device: lot.device } : item.gtin ? { gtin: item.gtin } : { name: item.name }) }], {
    onSuccess: () => {
      id.current = newId();
      setQuantity(null);
    },
  });
  return (
    <li>
      <div className="mh-grow">
        <p><strong>{item.name}</strong> <span className="mh-quiet">{kindWord(item.kind)}</span></p>
        <p className="mh-row">
          <span>{t('peri.pick.wanted', { n: item.wanted })}</span>
          <span className={item.consumed >= item.wanted ? 'mh-ok' : undefined}>{t('peri.pick.consumed', { n: item.consumed })}</span>
          {item.stock !== null && <span className="mh-quiet">{t('peri.pick.stock', { n: item.stock })}</span>}
          {item.short && <span className="mh-tag mh-tag-warn"><IconAlertTriangle size={13} aria-hidden="true" />{t('peri.pick.short')}</span>}
          {!item.open && <span className="mh-tag">{t('peri.pick.onHold')}</span>}
        </p>
        {consume.error ? <FailureNotice error={consume.error} /> : null}
      </div>
      {item.kind === 'implant' ? <span className="mh-quiet">{t('peri.pick.scan')}</span> : (
        <div className="mh-peri-steps">
          <button type="button" aria-label={t('peri.less', { what: item.name })} onClick={() => step(-1)}><IconMinus size={18} aria-hidden="true" /></button>
          <output aria-live="off">{amount}</output>
          <button type="button" aria-label={t('peri.more', { what: item.name })} onClick={() => step(1)}><IconPlus size={18} aria-hidden="true" /></button>
          <Button size="lg" variant={left ? 'filled' : 'default'} aria-label={t('peri.pick.useOne', { name: item.name })} loading={consume.isPending} onClick={run}>{t('peri.pick.use')}</Button>
        </div>
      )}
    </li>
  );
}
