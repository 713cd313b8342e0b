import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../datatypes/Date/format';
import { Loaded } from '../../design/Panel';
import { fhirSearch } from '../../fhir/client';
import type { Encounter } from '../../fhir/types';
import { useLanguage } from '../../i18n';
import { codeText } from '../../i18n/code';

const SHOWN = '20';

/** The stay or consultation that the application shall work on: the latest first. */
export function EncounterChoice({ patientId, chosen, choose }: { patientId: string; chosen: string; choose: (id: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const encounters = useQuery({
    queryKey: ['fhir', 'Encounter', patientId, 'choice'],
    queryFn: async ({ signal }) => (await fhirSearch<Encounter>('Encounter', { patient: patientId, _sort: '-date', _count: SHOWN }, signal)).rows,
  });
  const line = (encounter: Encounter) => [formatDate(encounter.period?.start, language), codeText('encounterClass', encounter.class?.code), encounter.reasonCode?.[0]?.text].filter(Boolean).join(' · ');
  return (
    <Loaded query={encounters}>
      {(rows) => (
        <NativeSelect
          label={t('authorise.encounter')}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
          data={[{ value: '', label: t('authorise.encounterChoose') }, ...rows.map((row) => ({ value: row.id ?? '', label: line(row) }))]}
        />
      )}
    </Loaded>
  );
}
