import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../datatypes/Date/format';
import { personName } from '../../datatypes/HumanName/name';
import { identityOf } from '../../datatypes/Identifier/identity';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { PatientPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { fhirRead } from '../../fhir/client';
import { getJson } from '../../fhir/http';
import type { Patient } from '../../fhir/types';
import { API, useSend } from '../../fhir/verbs';
import { useLanguage } from '../../i18n';
import { codeText } from '../../i18n/code';

const COUNTED = ['Encounter', 'Appointment', 'Condition', 'AllergyIntolerance', 'MedicationRequest', 'Procedure', 'Composition', 'DocumentReference', 'Coverage'] as const;
type Counts = Partial<Record<(typeof COUNTED)[number], number>>;

/** Two records of one person, side by side; a merge is undone with one click. */
export default function MergePage() {
  const { t } = useTranslation();
  const [from, setFrom] = useState<Picked | null>(null);
  const [into, setInto] = useState<Picked | null>(null);
  const [state, setState] = useState<'open' | 'merged' | 'undone'>('open');
  const send = useSend('fhir', 'merge');
  const pick = (set: (picked: Picked | null) => void) => (picked: Picked | null) => {
    set(picked);
    setState('open');
    send.reset();
  };
  const act = (verb: 'merge' | 'unmerge', then: 'merged' | 'undone') =>
    send.mutate({ method: 'POST', path: `patients/${from?.id ?? ''}/${verb}`, body: verb === 'merge' ? { into: into?.id } : {} }, { onSuccess: () => setState(then) });
  const both = from && into && from.id !== into.id;
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('desk.merge.title')}</h1>
        <p className="mh-quiet">{t('desk.merge.explain')}</p>
      </div>
      <div className="mh-column">
        <Panel title={t('desk.merge.title')}>
          <div className="mh-fields">
            <PatientPicker label={t('desk.merge.from')} picked={from} pick={pick(setFrom)} />
            <PatientPicker label={t('desk.merge.into')} picked={into} pick={pick(setInto)} />
          </div>
        </Panel>
        {both && <Compared from={from.id} into={into.id} />}
        {send.error !== null && <FailureNotice error={send.error} />}
        {both && (
          <div className="mh-actions">
            {state !== 'merged' && <Button onClick={() => act('merge', 'merged')} loading={send.isPending}>{t('desk.merge.go')}</Button>}
            {state === 'merged' && <Button variant="default" onClick={() => act('unmerge', 'undone')} loading={send.isPending}>{t('desk.merge.undo')}</Button>}
            {state === 'open' && <Button variant="default" onClick={() => { setFrom(into); setInto(from); }}>{t('desk.merge.swap')}</Button>}
            <span role="status">{state === 'merged' ? t('desk.merge.done') : state === 'undone' ? t('desk.merge.undone') : ''}</span>
          </div>
        )}
      </div>
    </div>
  );
}

function Compared({ from, into }: { from: string; into: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useQuery({
    queryKey: ['merge', from, into],
    queryFn: async ({ signal }) => {
      const [one, other, counts] = await Promise.all([
        fhirRead<Patient>('Patient', from, signal),
        fhirRead<Patient>('Patient', into, signal),
        getJson<{ from: { counts: Counts }; into: { counts: Counts } }>(`${API}patients/${encodeURIComponent(from)}/merge?into=${encodeURIComponent(into)}`, signal),
      ]);
      return { one, other, counts };
    },
  });
  const rows = (one: Patient, other: Patient): [string, string, string][] => [
    [t('desk.merge.names'), personName(one.name).full, personName(other.name).full],
    [t('desk.merge.birth'), formatDate(one.birthDate, language) ?? '', formatDate(other.birthDate, language) ?? ''],
    [t('desk.merge.gender'), codeText('gender', one.gender) ?? '', codeText('gender', other.gender) ?? ''],
    [t('desk.merge.ipp'), identityOf(one).ipp ?? '', identityOf(other).ipp ?? ''],
  ];
  return (
    <Loaded query={query}>
      {({ one, other, counts }) => (
        <Panel title={t('desk.merge.trait')} flush>
          <table className="mh-table">
            <thead><tr><th>{t('desk.merge.trait')}</th><th>{t('desk.merge.from')}</th><th>{t('desk.merge.into')}</th></tr></thead>
            <tbody>
              {rows(one, other).map(([name, left, right]) => (
                <tr key={name}>
                  <td className="mh-quiet">{name}</td>
                  <td>{left}</td>
                  <td>{right} {left !== right && <span className="mh-warn">({t('desk.merge.differs')})</span>}</td>
                </tr>
              ))}
              {COUNTED.map((type) => (
                <tr key={type}>
                  <td className="mh-quiet">{t(`desk.merge.count.${type}`)}</td>
                  <td>{counts.from.counts[type] ?? t('desk.merge.hidden')}</td>
                  <td>{counts.into.counts[type] ?? t('desk.merge.hidden')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      )}
    </Loaded>
  );
}
