import { IconArrowLeft } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SideMark } from '../../../datatypes/CodeableConcept/SideMark';
import { Loaded } from '../../../design/Panel';
import type { PageProps } from '../../../slots';
import { useRecordLive } from './live.resource';
import { useCase, type Surgery } from './surgery.resource';
import './record.css';

const PAGES = ['nursing', 'anaesthesia', 'preanaesthesia', 'recovery', 'implants', 'report'] as const;

interface CaseFrameProps extends Pick<PageProps, 'PatientFrame'> { children: (surgery: Surgery) => ReactNode }

/** A page of one case: the patient above, the act and its side, and the parts of the record of the theatre. */
export function CaseFrame({ PatientFrame, children }: CaseFrameProps) {
  const { t } = useTranslation();
  const { surgeryId } = useParams({ strict: false }) as { surgeryId: string };
  const query = useCase(surgeryId);
  useRecordLive(surgeryId, query.data?.patient);
  return (
    <Loaded query={query}>
      {(surgery) => (
        <>
          <PatientFrame patientId={surgery.patient}>
            <Link className="mh-peri-back" to={`/surgeries/${surgery.id}`} aria-label={t('peri.back')}><IconArrowLeft size={18} aria-hidden="true" /></Link>
            <h1 className="mh-peri-act">{surgery.act}</h1>
            <SideMark side={surgery.side} />
          </PatientFrame>
          <nav className="mh-peri-tabs" aria-label={t('peri.tabs.label')}>
            {PAGES.map((page) => (
              <Link key={page} to={`/surgeries/${surgery.id}/${page}`} activeProps={{ 'aria-current': 'page' }}>{t(`peri.tabs.${page}`)}</Link>
            ))}
          </nav>
          <div className="mh-page mh-peri">{children(surgery)}</div>
        </>
      )}
    </Loaded>
  );
}
