import { Kbd, Loader, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState, type KeyboardEvent as ReactKeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { isTyping } from '../../design/keyboard';
import { AgeText, GenderText, NameText } from './patient-facts';
import { usePatientSearch } from './patient-search.resource';
import type { PatientView } from './patient.resource';

const SHOWN = 8;

/** The search of the header: `/` from anywhere, type, Enter. */
export default function QuickSearch() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const [asked] = useDebouncedValue(typed, 180);
  const search = usePatientSearch(asked, SHOWN);
  const settled = asked === typed && !search.isFetching;
  useSlash(input);

  const leave = () => {
    setOpen(false);
    setTyped('');
    setChosen(0);
    input.current?.blur();
  };
  const openChart = (patient: PatientView) => {
    leave();
    void navigate({ to: `/patients/${patient.id}` });
  };
  const openPage = () => {
    leave();
    void navigate({ to: '/patients', search: { q: typed } as never });
  };
  const press = (event: ReactKeyboardEvent) => {
    const count = search.rows.length;
    if (event.key === 'ArrowDown') setChosen((now) => Math.min(now + 1, Math.max(0, count - 1)));
    else if (event.key === 'ArrowUp') setChosen((now) => Math.max(now - 1, 0));
    else if (event.key === 'Escape') leave();
    else if (event.key === 'Enter' && settled) {
      const patient = search.rows[chosen];
      if (patient && !event.shiftKey) openChart(patient);
      else openPage();
    } else return;
    event.preventDefault();
  };
  const shown = open && typed.trim() !== '';

  return (
    <div className="mh-quick" role="search">
      <TextInput
        ref={input}
        size="sm"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
          setChosen(0);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        rightSection={search.isFetching ? <Loader size={14} /> : <Kbd size="xs">/</Kbd>}
        placeholder={t('search.placeholder')}
        aria-label={t('search.label')}
        role="combobox"
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown && search.rows[chosen] ? `${listId}-${chosen}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
      />
      <div className="mh-quick-drop" hidden={!shown} onMouseDown={(event) => event.preventDefault()}>
        <ul id={listId} role="listbox" aria-label={t('search.results')}>
          {search.rows.map((patient, index) => (
            <li key={patient.id} id={`${listId}-${index}`} role="option" aria-selected={index === chosen} onMouseMove={() => setChosen(index)} onClick={() => openChart(patient)}>
              <span className="mh-strong"><NameText patient={patient} /></span>
              <span><DateText value={patient.birthDate} /> {patient.age && <>(<AgeText age={patient.age} />)</>}</span>
              <span className="mh-quiet"><GenderText gender={patient.gender} /></span>
              <span className="mh-quiet">{patient.identity.ipp}</span>
            </li>
          ))}
        </ul>
        {search.isError && <FailureNotice error={search.error} />}
        {!search.isError && <p className="mh-quick-hint" role="status">{hint(search.asked, search.rows.length, settled)}</p>}
      </div>
    </div>
  );

  function hint(isAsked: boolean, count: number, done: boolean): string {
    if (!isAsked) return t('search.hint');
    if (!done) return t('search.searching');
    return count ? t('search.allResults') : t('search.nobody');
  }
}

function useSlash(input: React.RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event)) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [input]);
}
