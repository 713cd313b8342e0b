import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useActs, type Act } from './request.resource';

interface ActSearchProps { act: Act | null; take: (act: Act | null) => void; error?: string; first?: boolean }

/** Words or a code of the CCAM; what the clinic does most stands first. What no list knows may be said in one's own words. */
export function ActSearch({ act, take, error, first = false }: ActSearchProps) {
  const { t } = useTranslation();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const [asked] = useDebouncedValue(typed.trim(), 150);
  const search = useActs(asked, open);
  const found = search.data ?? [];
  const free = asked.length > 3 ? [{ code: '', text: asked, lateral: null } satisfies Act] : [];
  const rows: Act[] = [...found, ...free];
  const shown = open && rows.length > 0;
  const choose = (one: Act) => {
    take(one);
    setTyped('');
    setAt(0);
    setOpen(false);
  };
  const press = (event: KeyboardEvent) => {
    if (!shown || event.ctrlKey || event.metaKey) return;
    const row = rows[at];
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, rows.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Escape') setOpen(false);
    else if (event.key === 'Enter' && row) choose(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="mh-picker">
      <TextInput
        label={t('surgery.act')}
        placeholder={t('surgery.actHint')}
        error={error}
        data-autofocus={first || undefined}
        autoFocus={first}
        value={act && !open ? [act.code, act.text].filter(Boolean).join(' · ') : typed}
        onChange={(event) => {
          if (act) take(null);
          setTyped(event.currentTarget.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(!act)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
        role="combobox"
        aria-expanded={shown}
        aria-controls={shown ? listId : undefined}
        aria-activedescendant={shown ? `${listId}-${at}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
      />
      {shown && (
        <ul className="mh-picker-drop" id={listId} role="listbox" aria-label={t('surgery.act')}>
          {rows.map((row, index) => (
            <li
              key={`${row.code}${row.text}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseEnter={() => setAt(index)}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(row);
              }}
            >
              <span className={row.code ? 'mh-strong' : undefined}>{row.code ? row.text : t('surgery.actFree', { text: row.text })}</span>
              {row.code && <span className="mh-quiet mh-nowrap">{row.code}</span>}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
