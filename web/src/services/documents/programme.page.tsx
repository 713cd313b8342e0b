import { ActionIcon, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../design/Panel';
import { getBytes } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import { Sheets } from './pages.panel';
import './documents.css';

const DAY_MS = 86_400_000;
const ymd = (at: Date): string => at.toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
const moved = (day: string, days: number): string => new Date(Date.parse(`${day}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The operating programme of a day as pages to print: room by room. It is made anew each time and kept nowhere. */
export default function ProgrammePage() {
  const { t } = useTranslation();
  const [day, setDay] = useState(() => ymd(new Date()));
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(day);
  const query = useQuery({ queryKey: ['papers', 'pages', 'programme', day], enabled: valid, gcTime: 0, staleTime: 30_000, retry: false, queryFn: ({ signal }) => getBytes(`${API}documents/programme?date=${day}`, signal) });
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('papers.programme')}</h1>
        <ActionIcon variant="default" size="lg" aria-label={t('papers.dayBefore')} onClick={() => setDay(moved(day, -1))}><IconChevronLeft size={18} aria-hidden="true" /></ActionIcon>
        <TextInput type="date" aria-label={t('papers.date')} value={day} onChange={(event) => event.currentTarget.value && setDay(event.currentTarget.value)} />
        <ActionIcon variant="default" size="lg" aria-label={t('papers.dayAfter')} onClick={() => setDay(moved(day, 1))}><IconChevronRight size={18} aria-hidden="true" /></ActionIcon>
      </div>
      <Panel title={t('papers.sheets')} flush><Sheets query={query} title={t('papers.programme')} kind={`programme-${day}`} /></Panel>
    </div>
  );
}
