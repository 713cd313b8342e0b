import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryList } from './entry-list.panel';
import type { Keeper } from './keeper';
import type { Section } from './note.resource';
import { blankAfter, expanded, insert, suggestions, wordAt, type Edit, type Shortcut } from './shortcuts';

interface SectionFieldProps { section: Section; shortcuts: readonly Shortcut[]; first: boolean; focused: () => void; keeper: Keeper }

const OFFERED = 7;

/** One section: a text that grows with what is written, its shortcuts, and the entries that belong to it. */
export function SectionField({ section, shortcuts, first, focused, keeper }: SectionFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const select = useRef<Edit | null>(null);
  const [word, setWord] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const offered = word ? suggestions(shortcuts, word).slice(0, OFFERED) : [];
  const pointed = useRef(false);
  useLayoutEffect(() => {
    if (first) field.current?.focus({ preventScroll: true });
  }, [first]);
  /** Who comes by the keyboard writes where the template left a blank. */
  const enter = () => {
    focused();
    const blank = pointed.current ? null : blankAfter(section.text, 0);
    if (blank) field.current?.setSelectionRange(blank.from, blank.to);
    pointed.current = false;
  };
  useLayoutEffect(() => {
    if (!select.current) return;
    field.current?.setSelectionRange(select.current.from, select.current.to);
    select.current = null;
  });
  const write = (text: string) => keeper.edit((now) => ({ ...now, sections: now.sections.map((one) => (one.code === section.code ? { ...one, text } : one)) }));
  const apply = (edit: Edit) => {
    select.current = edit;
    write(edit.text);
    setWord(null);
  };
  const take = (shortcut: Shortcut) => {
    const caret = field.current?.selectionStart ?? section.text.length;
    apply(insert(section.text, caret - (word?.length ?? 0), caret, shortcut.text));
    field.current?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    const { selectionStart: from, selectionEnd: to } = event.currentTarget;
    const handled = offeredKey(event.key) || (from === to && textKey(event, from)) || (event.key === 'Tab' && !event.shiftKey && nextBlank(to));
    if (handled) event.preventDefault();
  };
  /** Keys of the list of shortcuts, while it is open. */
  const offeredKey = (key: string): boolean => {
    const row = offered[chosen];
    if (!row) return false;
    if (key === 'ArrowDown') setChosen(Math.min(chosen + 1, offered.length - 1));
    else if (key === 'ArrowUp') setChosen(Math.max(chosen - 1, 0));
    else if (key === 'Escape') setWord(null);
    else if (key === 'Tab' || (key === 'Enter' && word !== '.')) take(row);
    else return false;
    return true;
  };
  const textKey = ({ key }: KeyboardEvent, caret: number): boolean => {
    const edit = key === ' ' || key === 'Enter' ? expanded(section.text, caret, shortcuts) : null;
    if (edit) apply(edit);
    return edit !== null;
  };
  const nextBlank = (caret: number): boolean => {
    const blank = blankAfter(section.text, caret);
    if (blank) field.current?.setSelectionRange(blank.from, blank.to);
    return blank !== null;
  };
  return (
    <section className="mh-note-section">
      <label htmlFor={id}>{section.title}</label>
      <div className="mh-note-grow" data-text={section.text}>
        <textarea
          ref={field}
          id={id}
          value={section.text}
          rows={2}
          spellCheck
          onPointerDown={() => {
            pointed.current = document.activeElement !== field.current;
          }}
          onFocus={enter}
          onBlur={() => {
            setWord(null);
            void keeper.send();
          }}
          onKeyDown={press}
          onChange={(event) => {
            const { value, selectionStart } = event.currentTarget;
            write(value);
            setWord(wordAt(value, selectionStart));
            setChosen(0);
          }}
          aria-autocomplete="list"
          aria-controls={offered.length ? `${id}-list` : undefined}
          aria-activedescendant={offered.length ? `${id}-${chosen}` : undefined}
        />
        {offered.length > 0 && (
          <Offer id={id} label={t('notes.shortcuts')} rows={offered} chosen={chosen} field={field} text={section.text} take={take} />
        )}
      </div>
      <EntryList section={section} keeper={keeper} />
    </section>
  );
}

interface OfferProps { id: string; label: string; rows: Shortcut[]; chosen: number; field: RefObject<HTMLTextAreaElement | null>; text: string; take: (row: Shortcut) => void }

/** The shortcuts that match, under the line that is being written. */
function Offer({ id, label, rows, chosen, field, text, take }: OfferProps) {
  const list = useRef<HTMLUListElement>(null);
  useLayoutEffect(() => {
    if (!list.current || !field.current) return;
    const { left, top } = caretOf(field.current, text);
    list.current.style.left = `${Math.max(0, Math.min(left, field.current.clientWidth - list.current.offsetWidth))}px`;
    list.current.style.top = `${top}px`;
  });
  return (
    <ul ref={list} id={`${id}-list`} className="mh-note-offer" role="listbox" aria-label={label}>
      {rows.map((row, index) => (
        <li
          key={row.trigger + row.specialty}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          onMouseDown={(event) => {
            event.preventDefault();
            take(row);
          }}
        >
          <kbd>{row.trigger}</kbd>
          <span>{row.text}</span>
        </li>
      ))}
    </ul>
  );
}

/** Where the caret stands in the field: the same text is laid out in a box of the same shape, up to the caret. */
function caretOf(field: HTMLTextAreaElement, text: string): { left: number; top: number } {
  const mirror = document.createElement('div');
  const style = getComputedStyle(field);
  mirror.style.cssText = `position:absolute;visibility:hidden;white-space:pre-wrap;overflow-wrap:break-word;width:${field.clientWidth}px;padding:${style.padding};font:${style.font};line-height:${style.lineHeight};box-sizing:border-box`;
  mirror.textContent = text.slice(0, field.selectionStart);
  const mark = document.createElement('span');
  mark.textContent = '\u200b';
  mirror.append(mark);
  field.parentElement?.append(mirror);
  const place = { left: Math.max(0, mark.offsetLeft - 12), top: mark.offsetTop + mark.offsetHeight + 4 };
  mirror.remove();
  return place;
}
