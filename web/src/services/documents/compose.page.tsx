import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import { Loaded } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import type { PageProps } from '../../slots';
import { Composer } from './composer.panel';
import { useAct, useCase, useKinds, type Kind } from './document.resource';
import { sentValues, type Values } from './values';
import './documents.css';

/** A new document of a kind, of an operation or of a patient. */
export default function ComposePage({ PatientFrame }: PageProps) {
  const { surgeryId, patientId } = useParams({ strict: false }) as { surgeryId?: string; patientId?: string };
  if (patientId !== undefined) {
    return (
      <>
        <PatientFrame patientId={patientId} />
        <New patient={patientId} />
      </>
    );
  }
  return <OfCase surgeryId={surgeryId ?? ''} PatientFrame={PatientFrame} />;
}

function OfCase({ surgeryId, PatientFrame }: { surgeryId: string } & PageProps) {
  const query = useCase(surgeryId);
  return (
    <>
      {query.data && <PatientFrame patientId={query.data.patient}><span className="mh-strong">{query.data.act} <SideMark side={query.data.side} /></span></PatientFrame>}
      <Loaded query={query}>{(surgery) => <New patient={surgery.patient} surgery={surgeryId} />}</Loaded>
    </>
  );
}

function New({ patient, surgery }: { patient: string; surgery?: string }) {
  const { kind: code } = useParams({ strict: false }) as { kind: string };
  const { t } = useTranslation();
  const kinds = useKinds();
  return (
    <div className="mh-page">
      <Loaded query={kinds}>
        {(all) => {
          const kind = all.find((one) => one.code === code);
          return kind ? <Writing kind={kind} patient={patient} surgery={surgery} /> : <p className="mh-notice mh-notice-warn">{t('papers.noSuchKind')}</p>;
        }}
      </Loaded>
    </div>
  );
}

function Writing({ kind, patient, surgery }: { kind: Kind; patient: string; surgery?: string }) {
  const { t } = useTranslation();
  const app = useLanguage();
  const { replaces } = useSearch({ strict: false }) as { replaces?: string };
  const [language, setLanguage] = useState<string>(kind.languages.includes(app) ? app : 'fr');
  const [written, setWritten] = useState<Values>({});
  const [template, setTemplate] = useState<string | undefined>();
  const send = useAct();
  const asked = { type: kind.code, patient, case: surgery, language, replaces, template };
  const generate = (prefilled: Values) => send.mutateAsync({ path: 'generate-medical', body: { ...asked, values: sentValues(written, prefilled) } });
  return <Composer kind={kind} asked={asked} written={written} write={setWritten} speak={setLanguage} choose={setTemplate} action={t('papers.generate')} busy={send.isPending} error={send.error} dirty={Object.keys(written).length > 0} run={generate} />;
}
