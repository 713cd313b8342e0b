import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PatientField } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { AccessesPanel } from './accesses.panel';
import { AuditTabs } from './audit-tabs.panel';
import './audit.css';

/** The accesses to one record, for the auditor, who opens no chart. */
export default function RecordAccessesPage() {
  const { t } = useTranslation();
  const [patient, setPatient] = useState<Picked | null>(null);
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('audit.title')}</h1>
      </div>
      <AuditTabs />
      <p className="mh-lead mh-quiet">{t('accesses.explain')}</p>
      <div className="mh-search-field mh-filters"><PatientField label={t('audit.patient')} picked={patient} pick={setPatient} /></div>
      {patient ? <AccessesPanel key={patient.id} patientId={patient.id} /> : <p className="mh-empty">{t('accesses.choose')}</p>}
    </div>
  );
}
