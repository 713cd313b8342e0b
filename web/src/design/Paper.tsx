import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '../datatypes/Date/format';
import { personName } from '../datatypes/HumanName/name';
import { formatNir, identityOf } from '../datatypes/Identifier/identity';
import { fhirRead } from '../fhir/client';
import { useMe } from '../fhir/session';
import type { Patient } from '../fhir/types';
import { useLanguage } from '../i18n';
import { codeText } from '../i18n/code';
import './paper.css';

interface PaperProps { patientId: string; title: ReactNode; foot?: ReactNode; children: ReactNode }

/** What the printer gets instead of the screen: A4, and on each page whose it is. */
export function Paper({ patientId, title, foot, children }: PaperProps) {
  useEffect(() => {
    document.documentElement.dataset.paper = '';
    return () => {
      delete document.documentElement.dataset.paper;
    };
  }, []);
  return createPortal(
    <div className="mh-paper" data-testid="paper">
      <table>
        <thead>
          <tr><td><Identity patientId={patientId} /></td></tr>
        </thead>
        <tbody>
          <tr>
            <td>
              <h1>{title}</h1>
              {children}
              {foot && <footer>{foot}</footer>}
            </td>
          </tr>
        </tbody>
      </table>
    </div>,
    document.body,
  );
}

/** The order of the patient banner, and where and when it was printed. */
function Identity({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe();
  const { data: patient } = useQuery({ queryKey: ['fhir', 'Patient', patientId], queryFn: ({ signal }) => fhirRead<Patient>('Patient', patientId, signal) });
  const printed = usePrintTime();
  if (!patient) return null;
  const { ins, ipp } = identityOf(patient);
  const gender = patient.gender ?? '';
  const context = gender === 'male' || gender === 'female' ? gender : 'other';
  return (
    <div className="mh-paper-head">
      <p>
        <strong>{personName(patient.name).full || t('common.unnamed')}</strong>
        {' · '}{t('banner.born', { context })} {formatDate(patient.birthDate, language) ?? t('common.notRecorded')}
        {' · '}{t('banner.sex')} {codeText('gender', gender, t('common.notRecorded'))}
        {' · '}{t('banner.ins')} {ins.matricule ? formatNir(ins.matricule) : ''} ({t(`ins.${ins.status}`)})
        {' · '}{t('banner.ipp')} {ipp ?? t('common.notRecorded')}
      </p>
      <p>{me.tenantTitle}{' · '}{formatDateTime(printed, language)}</p>
    </div>
  );
}

/** The time at which the print was asked for. */
function usePrintTime(): string {
  const [at, setAt] = useState(() => new Date().toISOString());
  useEffect(() => {
    const now = () => setAt(new Date().toISOString());
    window.addEventListener('beforeprint', now);
    return () => window.removeEventListener('beforeprint', now);
  }, []);
  return at;
}
