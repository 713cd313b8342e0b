import { CloseButton, Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './form.css';

export interface Picked { id: string; label: string; detail?: string }

interface PickerProps {
  label: string;
  placeholder?: string;
  hint?: ReactNode;
  /** Distinguishes the answers of one kind of picker from another's. */
  kind: string;
  picked: Picked | null;
  pick: (picked: Picked | null) => void;
  /** Null while too little was typed to ask. */
  find: (typed: string, signal: AbortSignal) => Promise<Picked[]> | null;
  error?: string;
}

/** Type, arrows, Enter: one thing among many, found by the server. */
export function Picker({ label, placeholder, hint, kind, picked, pick, find, error }: PickerProps) {
  const { t } = useTranslation();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [asked] = useDebouncedValue(typed.trim(), 180);
  const search = useQuery({
    queryKey: ['pick', kind, asked],
    enabled: open && asked.length > 1,
    queryFn: ({ signal }) => find(asked, signal) ?? [],
  });
  const rows = (asked.length > 1 && search.data) || [];
  const shown = open && asked.length > 1 && search.isSuccess;
  const take = (row: Picked) => {
    pick(row);
    setTyped('');
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    if (!shown) return;
    if (event.key === 'ArrowDown') setChosen((now) => Math.min(now + 1, rows.length - 1));
    else if (event.key === 'ArrowUp') setChosen((now) => Math.max(now - 1, 0));
    else if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'Enter' && rows[chosen]) take(rows[chosen]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="mh-picker">
      <TextInput
        label={label}
        description={hint}
        placeholder={placeholder}
        error={error}
        value={picked && !open ? picked.label : typed}
        onChange={(event) => {
          if (picked) pick(null);
          setTyped(event.currentTarget.value);
          setOpen(true);
          setChosen(0);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
        rightSection={
          search.isFetching ? <Loader size={14} /> : picked ? <CloseButton size="sm" aria-label={t('form.clear', { label })} onClick={() => pick(null)} /> : null
        }
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown && rows.length ? listId : undefined}
        aria-activedescendant={shown && rows[chosen] ? `${listId}-${chosen}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
      />
      {shown && rows.length > 0 && (
        <ul className="mh-picker-drop" id={listId} role="listbox" aria-label={label}>
          {rows.map((row, index) => (
            <li
              key={row.id}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === chosen}
              onMouseDown={(event) => {
                event.preventDefault();
                take(row);
              }}
              onMouseEnter={() => setChosen(index)}
            >
              <span className="mh-strong">{row.label}</span>
              {row.detail && <span className="mh-quiet mh-nowrap">{row.detail}</span>}
            </li>
          ))}
        </ul>
      )}
      {shown && rows.length === 0 && <p className="mh-picker-drop mh-empty" role="status">{t('form.nobody')}</p>}
    </div>
  );
}
