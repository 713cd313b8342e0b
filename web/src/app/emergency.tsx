import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { personName } from '../datatypes/HumanName/name';
import { resumeSession } from '../fhir/account';
import { fhirRead } from '../fhir/client';
import { sendJson } from '../fhir/http';
import type { Me } from '../fhir/session';
import type { Patient } from '../fhir/types';

type Glass = Me['breakGlass'][number];

/** On every page while a chart is open in an emergency: whose, for how long, and the way to end it. */
export default function Emergency({ open }: { open: Glass[] }) {
  const { t } = useTranslation();
  return (
    <section className="mh-emergency" aria-label={t('breakGlass.banner')}>
      {open.map((glass) => <Line key={glass.patient} glass={glass} />)}
    </section>
  );
}

const secondsUntil = (until: string): number => Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000));

/** Seconds left; when none is, the person is read anew, and the chart closes. */
function useLeft(until: string): number {
  const queries = useQueryClient();
  const [seconds, setSeconds] = useState(() => secondsUntil(until));
  useEffect(() => {
    const timer = setInterval(() => {
      const now = secondsUntil(until);
      setSeconds(now);
      if (now > 0) return;
      clearInterval(timer);
      void resumeSession().then(() => queries.resetQueries({ queryKey: ['fhir'] }));
    }, 1000);
    return () => clearInterval(timer);
  }, [until, queries]);
  return seconds;
}

const MINUTE = 60;

function Line({ glass }: { glass: Glass }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const seconds = useLeft(glass.until);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const patient = useQuery({ queryKey: ['fhir', 'Patient', glass.patient], queryFn: ({ signal }) => fhirRead<Patient>('Patient', glass.patient, signal) });
  const end = useMutation({
    mutationFn: () => sendJson('DELETE', `/api/v1/break-glass/${encodeURIComponent(glass.patient)}`),
    onSuccess: async () => {
      await resumeSession();
      await queries.resetQueries({ queryKey: ['fhir'] });
    },
  });
  const chart = `/patients/${glass.patient}`;
  const name = patient.data ? personName(patient.data.name).full : '';
  return (
    <div className="mh-emergency-line">
      <IconAlertTriangle size={16} aria-hidden="true" />
      <strong>{t('breakGlass.banner')}</strong>
      <span>{path.startsWith(chart) ? name : <Link to={chart}>{name || t('breakGlass.chart')}</Link>}</span>
      <span className="mh-emergency-left" role="timer">
        {seconds >= 2 * MINUTE ? t('breakGlass.minutes', { count: Math.floor(seconds / MINUTE) }) : t('breakGlass.seconds', { count: seconds })}
      </span>
      <span className="mh-grow mh-emergency-note">{t('breakGlass.note')}</span>
      <Button size="compact-sm" variant="default" loading={end.isPending} onClick={() => end.mutate()}>{t('breakGlass.end')}</Button>
    </div>
  );
}
