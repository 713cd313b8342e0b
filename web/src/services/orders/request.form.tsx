import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconSend } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useSend } from '../../fhir/verbs';
import { PRIORITIES, matching, requestOf, sameItem, useCatalogue, withItems, type Orderable, type OrderKind, type Priority, type Wanted } from './order.resource';

/** Search or a set; then priority and reason; Ctrl+Enter sends. */
export function RequestForm({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const catalogue = useCatalogue();
  const [wanted, setWanted] = useState<Wanted[]>([]);
  const [priority, setPriority] = useState<Priority>('routine');
  const [reason, setReason] = useState('');
  const [collected, setCollected] = useState(false);
  const send = useSend('orders', 'results');
  const add = (items: Orderable[]) => {
    send.reset();
    setWanted((now) => withItems(now, items));
  };
  const run = () => {
    if (!wanted.length || send.isPending) return;
    const body = requestOf(wanted, priority, reason, collected, new Date().toISOString());
    send.mutate({ method: 'POST', path: `patients/${encodeURIComponent(patientId)}/orders`, body }, {
      onSuccess: () => {
        setWanted([]);
        setReason('');
        setCollected(false);
        setPriority('routine');
      },
    });
  };
  const press = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'Enter') return;
    event.preventDefault();
    run();
  };
  return (
    <Panel title={t('orders.new')}>
      <div className="mh-order-form" onKeyDown={press}>
        <Search items={catalogue.data?.items ?? []} add={(item) => add([item])} />
        <Loaded query={catalogue}>
          {({ sets }) => (
            <div className="mh-order-sets" role="group" aria-label={t('orders.sets')}>
              {sets.map((set) => (
                <Button key={set.id} size="compact-sm" variant="default" leftSection={<IconPlus size={13} aria-hidden="true" />} title={set.items.map(({ display }) => display).join(', ')} onClick={() => add(set.items)}>{set.title}</Button>
              ))}
            </div>
          )}
        </Loaded>
        <Basket wanted={wanted} change={setWanted} />
        <Choices one line legend={t('orders.priority')} choices={PRIORITIES.map((value) => ({ value, label: t(`orders.priorities.${value}`) }))} chosen={[priority]} change={([value]) => setPriority((value ?? 'routine') as Priority)} />
        <TextInput label={t('orders.reason')} value={reason} maxLength={500} onChange={(event) => setReason(event.currentTarget.value)} />
        {wanted.some(({ kind }) => kind === 'lab') && (
          <label className="mh-choice" htmlFor="mh-collected">
            <input id="mh-collected" type="checkbox" checked={collected} onChange={(event) => setCollected(event.currentTarget.checked)} />
            <span>{t('orders.collected')}</span>
          </label>
        )}
        {send.isError && <FailureNotice error={send.error} />}
        <div className="mh-actions">
          <p className="mh-field-ok mh-grow" role="status">{send.isSuccess && t('orders.sent')}</p>
          <Button leftSection={<IconSend size={16} aria-hidden="true" />} aria-keyshortcuts="Control+Enter" title={t('orders.sendKey')} disabled={!wanted.length} loading={send.isPending} onClick={run}>
            {t('orders.send', { count: wanted.length })}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

const FREE: OrderKind[] = ['lab', 'imaging'];

/** What the catalogue does not know may be asked for in one's own words. */
function Search({ items, add }: { items: Orderable[]; add: (item: Orderable) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const text = typed.trim();
  const found = matching(items, typed);
  const rows: (Orderable & { free?: boolean })[] = text.length > 2 ? [...found, ...FREE.map((kind) => ({ kind, display: text, free: true }))] : found;
  const shown = open && rows.length > 0;
  const take = ({ kind, code, system, display }: Orderable) => {
    add({ kind, display, ...(code ? { code, system } : {}) });
    setTyped('');
    setAt(0);
  };
  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    if (!shown || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, rows.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'Enter' && row) take(row);
    else return;
    event.preventDefault();
  };
  return (
    <div className="mh-picker">
      <TextInput
        label={t('orders.search')}
        placeholder={t('orders.searchHint')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? 'mh-orderables' : undefined}
        aria-activedescendant={shown ? `mh-orderable-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
      />
      {shown && (
        <ul className="mh-picker-drop" id="mh-orderables" role="listbox" aria-label={t('orders.search')}>
          {rows.map((row, index) => (
            <li
              key={`${row.kind}${row.code ?? ''}${row.display}${row.free ?? ''}`}
              id={`mh-orderable-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseEnter={() => setAt(index)}
              onMouseDown={(event) => {
                event.preventDefault();
                take(row);
              }}
            >
              <span className={row.free ? '' : 'mh-strong'}>{row.free ? t('orders.free', { text }) : row.display}</span>
              <span className="mh-quiet mh-nowrap">{t(`orders.kind.${row.kind}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Basket({ wanted, change }: { wanted: Wanted[]; change: (run: (now: Wanted[]) => Wanted[]) => void }) {
  const { t } = useTranslation();
  if (!wanted.length) return <p className="mh-order-empty">{t('orders.empty')}</p>;
  const put = (item: Wanted, part: Partial<Wanted>) => change((now) => now.map((one) => (sameItem(one, item) ? { ...one, ...part } : one)));
  return (
    <ul className="mh-order-basket">
      {wanted.map((item) => (
        <li key={item.kind + (item.code ?? item.display)}>
          <span className="mh-grow"><span className="mh-strong">{item.display}</span> <span className="mh-quiet">{t(`orders.kind.${item.kind}`)}</span></span>
          <NativeSelect
            size="xs"
            aria-label={t('orders.priorityOf', { exam: item.display })}
            value={item.priority ?? ''}
            onChange={(event) => put(item, { priority: (event.currentTarget.value || null) as Priority | null })}
            data={[{ value: '', label: t('orders.samePriority') }, ...PRIORITIES.map((value) => ({ value, label: t(`orders.priorities.${value}`) }))]}
          />
          <TextInput size="xs" aria-label={t('orders.noteOf', { exam: item.display })} placeholder={t('orders.note')} value={item.note} maxLength={300} onChange={(event) => put(item, { note: event.currentTarget.value })} />
          <CloseButton size="sm" aria-label={t('orders.remove', { exam: item.display })} onClick={() => change((now) => now.filter((one) => !sameItem(one, item)))} />
        </li>
      ))}
    </ul>
  );
}
