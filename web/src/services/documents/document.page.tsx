import { Button } from '@mantine/core';
import { IconArrowLeft, IconBan, IconFilePencil, IconLock, IconReplace, IconSignature, IconUser } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useLive } from '../../fhir/live';
import { useQueryClient } from '@tanstack/react-query';
import type { PageProps } from '../../slots';
import { Certificate } from './certificate.panel';
import { Changes } from './changes.panel';
import { idOf, useAct, useDocument, type Document } from './document.resource';
import { Pages } from './pages.panel';
import { ReasonModal, type Reasoned } from './reason.modal';
import { Signatures } from './signatures.panel';
import { Sentences, StateTag } from './state.panel';
import { Versions } from './versions.panel';
import { useWalk } from './walk';
import './documents.css';

const WATCHED = ['DocumentReference'] as const;

/** One document: its pages, who signed, and what may be done with it. */
export default function DocumentPage({ PatientFrame }: PageProps) {
  const { documentId } = useParams({ strict: false }) as { documentId: string };
  const query = useDocument(documentId);
  const queries = useQueryClient();
  const patient = query.data ? idOf(query.data.patient) : undefined;
  useLive(WATCHED, () => void queries.invalidateQueries({ queryKey: ['papers', 'one', documentId] }), patient);
  return (
    <>
      {patient && <PatientFrame patientId={patient} />}
      <div className="mh-page">
        <Loaded query={query}>{(document) => <Body key={document.id} document={document} />}</Loaded>
      </div>
    </>
  );
}

function Body({ document }: { document: Document }) {
  const { t } = useTranslation();
  const [older, setOlder] = useState<number | null>(null);
  const back = document.case ? `/surgeries/${idOf(document.case)}/documents` : `/patients/${idOf(document.patient)}/documents`;
  useWalk(document, back);
  const title = document.title ?? t('papers.untitled');
  const kind = document.type ?? 'document';
  return (
    <>
      <div className="mh-page-head">
        <Button component={Link} {...({ to: back } as object)} variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={16} aria-hidden="true" />}>{t('papers.back')}</Button>
        <div className="mh-grow">
          <h1 className="mh-title">{title}</h1>
          {document.subtitle && <p className="mh-quiet">{document.subtitle}</p>}
        </div>
        <StateTag state={document.status} />
      </div>
      <Acts document={document} />
      <Sentences rows={document.outdated ?? []} />
      <div className="mh-papers-thirds">
        <div className={older === null ? undefined : 'mh-papers-side-by-side'}>
          {older !== null && <Panel title={t('papers.olderPages', { number: older })} flush><Pages id={document.id} version={document.version} title={t('papers.olderPages', { number: older })} kind={kind} older={older} /></Panel>}
          <Panel title={t('papers.sheets')} flush><Pages id={document.id} version={document.version} title={title} kind={kind} /></Panel>
        </div>
        <div className="mh-column">
          <Signatures rows={document.signatures ?? []} side={(document.signatures ?? []).some(({ as }) => as === 'professional') ? <Certificate id={document.id} version={document.version} /> : null} />
          {older !== null && <Changes id={document.id} from={older} to={document.version} />}
          <Panel title={t('papers.about')}>
            <dl className="mh-papers-facts">
              <dt>{t('papers.date')}</dt><dd><DateText value={document.date ?? undefined} time /></dd>
              <dt>{t('papers.by')}</dt><dd>{document.author?.name ?? t('common.notRecorded')}</dd>
              {document.leaflet && <><dt>{t('papers.leafletIs')}</dt><dd>{document.leaflet.code} · {document.leaflet.version}</dd></>}
              {document.check && <><dt>{t('papers.check')}</dt><dd className="mh-papers-check">{document.check}</dd></>}
            </dl>
          </Panel>
          <Versions document={document} chosen={older} choose={setOlder} />
        </div>
      </div>
    </>
  );
}

function Acts({ document }: { document: Document }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const act = useAct();
  const [asked, setAsked] = useState<Reasoned | null>(null);
  const { may, id, version } = document;
  if (!may) return null;
  const path = encodeURIComponent(id);
  // What is fixed is never changed: another takes its place.
  const replaceable = document.type !== null && !may.edit && (document.status === 'signed' || document.status === 'final' || document.status === 'refused' || document.status === 'revoked');
  const successor = document.case ? `/surgeries/${idOf(document.case)}/documents/${document.type}` : `/documents/new/${idOf(document.patient)}/${document.type}`;
  const go = (verb: string) => void navigate({ to: `/documents/${id}/${verb}` });
  return (
    <div className="mh-papers-acts">
      {may.sign && <Button leftSection={<IconSignature size={16} aria-hidden="true" />} loading={act.isPending} onClick={() => act.mutate({ path: `${path}/sign`, body: { as: 'professional', version } })}>{t('papers.sign')}</Button>}
      {may.collect && <Button variant={may.sign ? 'default' : 'filled'} leftSection={<IconUser size={16} aria-hidden="true" />} onClick={() => go('sign')}>{t('papers.patientSigns')}</Button>}
      {may.edit && <Button variant="default" leftSection={<IconFilePencil size={16} aria-hidden="true" />} onClick={() => go('edit')}>{t('papers.edit')}</Button>}
      {may.finalise && <Button variant="default" leftSection={<IconLock size={16} aria-hidden="true" />} loading={act.isPending} onClick={() => act.mutate({ path: `${path}/finalise`, body: { version } })}>{t('papers.finalise')}</Button>}
      {replaceable && <Button component={Link} {...({ to: successor, search: { replaces: id } } as object)} variant="default" leftSection={<IconReplace size={16} aria-hidden="true" />}>{t('papers.replace')}</Button>}
      <span className="mh-grow" />
      {may.collect && <Button variant="subtle" onClick={() => setAsked('refuse')}>{t('papers.refuse')}</Button>}
      {may.revoke && <Button variant="subtle" leftSection={<IconBan size={16} aria-hidden="true" />} onClick={() => setAsked('revoke')}>{t('papers.revoke')}</Button>}
      {may.withdraw && <Button variant="subtle" onClick={() => setAsked('withdraw')}>{t('papers.withdraw')}</Button>}
      {act.isError && <FailureNotice error={act.error} />}
      {asked && <ReasonModal act={asked} document={document} close={() => setAsked(null)} />}
    </div>
  );
}
