import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Skeletons } from '../../design/Panel';
import { PatientTable } from './patient-table.panel';
import { usePatientSearch } from './patient-search.resource';

const PAGE = 50;

/** Find a person by name, birth date, record number or INS; the address keeps the search. */
export default function PatientSearchPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const asked = String((useLocation().search as { q?: unknown }).q ?? '');
  const [typed, setTyped] = useState(asked);
  const [settled] = useDebouncedValue(typed, 220);
  const [chosen, setChosen] = useState(0);
  const followed = useRef(asked);
  const search = usePatientSearch(settled, PAGE);

  useEffect(() => {
    // The address changed from outside (the header's search): follow it.
    if (asked !== followed.current) setTyped(asked);
    followed.current = asked;
  }, [asked]);
  useEffect(() => {
    if (settled === followed.current) return;
    followed.current = settled;
    void navigate({ to: '/patients', search: (settled ? { q: settled } : {}) as never, replace: true });
  }, [settled, navigate]);

  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((now) => Math.min(now + 1, search.rows.length - 1));
    else if (event.key === 'ArrowUp') setChosen((now) => Math.max(now - 1, 0));
    else if (event.key === 'Enter' && search.rows[chosen]) void navigate({ to: `/patients/${search.rows[chosen].id}` });
    else return;
    event.preventDefault();
  };

  return (
    <div className="mh-page mh-fill">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('search.title')}</h1>
        <TextInput
          className="mh-search-field"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={press}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          placeholder={t('search.placeholder')}
          aria-label={t('search.field')}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          autoFocus
        />
        <p className="mh-quiet" role="status">
          {search.asked && !search.isPending && t(search.hasNextPage ? 'search.countMore' : 'search.count', { count: search.rows.length })}
        </p>
      </div>
      {!search.asked && <p className="mh-empty">{t('search.hint')}</p>}
      {search.isError && <FailureNotice error={search.error} retry={() => void search.refetch()} />}
      {search.asked && search.isPending && <Skeletons />}
      {search.asked && search.isSuccess && search.rows.length === 0 && <p className="mh-empty">{t('search.nobody')}</p>}
      {search.rows.length > 0 && (
        <PatientTable rows={search.rows} chosen={chosen} more={search.hasNextPage && !search.isFetchingNextPage} readOn={() => void search.fetchNextPage()} />
      )}
    </div>
  );
}
