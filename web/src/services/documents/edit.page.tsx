import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../design/Panel';
import type { PageProps } from '../../slots';
import { Composer } from './composer.panel';
import { idOf, useAct, useDocument, useKinds, type Document, type Kind } from './document.resource';
import { sentValues, type Values } from './values';
import './documents.css';

/** A draft, written on: the form on one side, its pages as they become on the other. */
export default function EditPage({ PatientFrame }: PageProps) {
  const { documentId } = useParams({ strict: false }) as { documentId: string };
  const { t } = useTranslation();
  const query = useDocument(documentId);
  const kinds = useKinds();
  return (
    <>
      {query.data && <PatientFrame patientId={idOf(query.data.patient)} />}
      <div className="mh-page">
        <Loaded query={query}>
          {(document) => (
            <Loaded query={kinds}>
              {(all) => {
                const kind = all.find(({ code }) => code === document.type);
                return kind && document.may?.edit ? <Editing key={document.id} document={document} kind={kind} /> : <p className="mh-notice mh-notice-warn">{t('papers.fixed')}</p>;
              }}
            </Loaded>
          )}
        </Loaded>
      </div>
    </>
  );
}

function Editing({ document, kind }: { document: Document; kind: Kind }) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState(document.language ?? 'fr');
  const [written, setWritten] = useState<Values>(document.values ?? {});
  const [touched, setTouched] = useState(false);
  const [base, setBase] = useState(document.version);
  const send = useAct();
  // A newer version is taken over as long as nothing is typed here; afterwards the text stays, and its author decides.
  if (!touched && document.version !== base) {
    setBase(document.version);
    setWritten(document.values ?? {});
    setLanguage(document.language ?? 'fr');
  }
  const asked = { type: kind.code, patient: idOf(document.patient), case: document.case ? idOf(document.case) : undefined, language };
  const save = (prefilled: Values) =>
    send.mutateAsync({ method: 'PUT', path: encodeURIComponent(document.id), body: { version: document.version, language, values: sentValues(written, prefilled) } });
  const write: typeof setWritten = (values) => {
    setTouched(true);
    setWritten(values);
  };
  const speak = (wanted: string) => {
    setTouched(true);
    setLanguage(wanted);
  };
  return (
    <>
      {touched && document.version !== base && !send.isPending && !send.isSuccess && <p className="mh-notice mh-notice-warn" role="alert">{t('papers.changedMeanwhile')} <Link to={`/documents/${document.id}`}>{t('papers.readIt')}</Link></p>}
      <Composer kind={kind} asked={asked} written={written} write={write} speak={speak} action={t('papers.update')} busy={send.isPending} error={send.error} dirty={touched} run={save} />
    </>
  );
}
