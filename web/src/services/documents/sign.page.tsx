import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconSignature } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import type { PageProps } from '../../slots';
import { idOf, useAct, useDocument, type CodeSent, type Document } from './document.resource';
import { Pad, type PadHandle } from './pad.panel';
import { Pages } from './pages.panel';
import { StateTag } from './state.panel';
import './documents.css';

const METHODS = ['id-card', 'passport', 'residence-permit', 'bracelet', 'known'] as const;
/** Why one holder of parental authority signs alone. */
const ALONE = ['sole-authority', 'emergency', 'usual-act'] as const;
const STEPS = ['who', 'read', 'sign'] as const;
type Step = (typeof STEPS)[number];

interface Identity { method: string; by: 'patient' | 'representative'; name: string; relation: string; alone: string }

/** The patient signs on a tablet: who it is, the pages, the hand and a code. */
export default function SignPage({ PatientFrame }: PageProps) {
  const { documentId } = useParams({ strict: false }) as { documentId: string };
  const { t } = useTranslation();
  const query = useDocument(documentId);
  return (
    <>
      {query.data && <PatientFrame patientId={idOf(query.data.patient)} />}
      <div className="mh-page mh-papers-tablet">
        <Loaded query={query}>{(document) => (document.may?.collect ? <Steps document={document} /> : <Closed document={document} />)}</Loaded>
        <p className="mh-quiet">{t('papers.simple')}</p>
      </div>
    </>
  );
}

function Closed({ document }: { document: Document }) {
  const { t } = useTranslation();
  return (
    <div className="mh-notice">
      <StateTag state={document.status} />
      <span className="mh-grow">{t('papers.nothingToSign')}</span>
      <Link to={`/documents/${document.id}`}>{t('papers.open')}</Link>
    </div>
  );
}

function Steps({ document }: { document: Document }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signer = document.signers?.find((one) => one.as === 'patient');
  const parents = (signer?.wanted ?? 1) > 1;
  const [step, setStep] = useState<Step>('who');
  const [identity, setIdentity] = useState<Identity>({ method: '', by: parents ? 'representative' : 'patient', name: '', relation: '', alone: '' });
  const code = useAct<CodeSent>();
  const path = encodeURIComponent(document.id);
  const begin = () => {
    setStep('read');
    code.mutate({ path: `${path}/code`, body: {} });
  };
  return (
    <>
      <div className="mh-page-head">
        <Button component={Link} {...({ to: `/documents/${document.id}` } as object)} variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden="true" />}>{t('papers.back')}</Button>
        <div className="mh-grow">
          <h1 className="mh-title">{document.title}</h1>
          {document.subtitle && <p>{document.subtitle}</p>}
        </div>
        <ol className="mh-papers-steps" aria-label={t('papers.steps')}>
          {STEPS.map((one) => <li key={one} aria-current={one === step ? 'step' : undefined}>{t(`papers.step.${one}`)}</li>)}
        </ol>
      </div>
      {step === 'who' && <Who identity={identity} parents={parents ? (signer?.given ?? 0) : null} change={setIdentity} next={begin} />}
      {step === 'read' && <Read document={document} next={() => setStep('sign')} />}
      {step === 'sign' && <Hand document={document} identity={identity} code={code} done={() => void navigate({ to: `/documents/${document.id}`, replace: true })} />}
    </>
  );
}

interface WhoProps {
  identity: Identity;
  /** How many parents of a minor have signed; null where the patient signs. */
  parents: number | null;
  change: (identity: Identity) => void;
  next: () => void;
}

function Who({ identity, parents, change, next }: WhoProps) {
  const { t } = useTranslation();
  const other = identity.by === 'representative';
  const ready = identity.method !== '' && (!other || (identity.name.trim() !== '' && identity.relation.trim() !== ''));
  return (
    <>
      <Choices legend={t('papers.identity')} one line chosen={[identity.method]} change={([method = '']) => change({ ...identity, method })} choices={METHODS.map((value) => ({ value, label: t(`papers.method.${value}`) }))} />
      {parents !== null && <p className="mh-notice">{t('papers.parents', { given: parents })}</p>}
      {parents === null && <Choices legend={t('papers.whoSigns')} one line chosen={[identity.by]} change={([by]) => change({ ...identity, by: by as Identity['by'] })} choices={[{ value: 'patient', label: t('papers.byPatient') }, { value: 'representative', label: t('papers.byOther') }]} />}
      {other && (
        <div className="mh-papers-fields">
          <TextInput label={t('papers.otherName')} maxLength={120} value={identity.name} onChange={(event) => change({ ...identity, name: event.currentTarget.value })} />
          <TextInput label={t('papers.otherRelation')} maxLength={80} value={identity.relation} onChange={(event) => change({ ...identity, relation: event.currentTarget.value })} />
          {parents === 0 && <NativeSelect label={t('papers.alone')} value={identity.alone} onChange={(event) => change({ ...identity, alone: event.currentTarget.value })} data={[{ value: '', label: t('papers.notAlone') }, ...ALONE.map((value) => ({ value, label: t(`papers.aloneFor.${value}`) }))]} />}
        </div>
      )}
      <div className="mh-actions mh-actions-end"><Button size="lg" disabled={!ready} rightSection={<IconArrowRight size={18} aria-hidden="true" />} onClick={next}>{t('papers.readNow')}</Button></div>
    </>
  );
}

function Read({ document, next }: { document: Document; next: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <Pages id={document.id} version={document.version} title={document.title ?? ''} kind={document.type ?? 'document'} shown />
      <div className="mh-actions mh-actions-end"><Button size="lg" rightSection={<IconArrowRight size={18} aria-hidden="true" />} onClick={next}>{t('papers.haveRead')}</Button></div>
    </>
  );
}

interface HandProps { document: Document; identity: Identity; code: ReturnType<typeof useAct<CodeSent>>; done: () => void }

function Hand({ document, identity, code, done }: HandProps) {
  const { t } = useTranslation();
  const pad = useRef<PadHandle>(null);
  const [drawn, setDrawn] = useState(false);
  const [typed, setTyped] = useState('');
  const send = useAct();
  const digits = typed.replace(/\D/g, '');
  const path = encodeURIComponent(document.id);
  const { method, by, name, relation, alone } = identity;
  const run = () => {
    const image = pad.current?.image();
    if (!image) return;
    const who = by === 'representative' ? { method, by, name: name.trim(), relation: relation.trim(), ...(alone ? { alone } : {}) } : { method, by };
    send.mutate({ path: `${path}/sign`, body: { as: 'patient', version: document.version, identity: who, read: true, image, code: digits } }, { onSuccess: done });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <Pad ref={pad} drawn={setDrawn} />
      <div className="mh-papers-code">
        {code.data?.channel === 'in-person' && <p className="mh-notice">{t('papers.codeHere')} <strong className="mh-papers-check">{code.data.code}</strong></p>}
        {code.data?.channel === 'email' && <p className="mh-notice">{t('papers.codeSent', { to: code.data.to })}</p>}
        {code.isError && <FailureNotice error={code.error} />}
        <TextInput label={t('papers.code')} inputMode="numeric" autoComplete="one-time-code" maxLength={9} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button variant="default" loading={code.isPending} onClick={() => code.mutate({ path: `${path}/code`, body: {} })}>{t('papers.codeAgain')}</Button>
      </div>
      {send.isError && <FailureNotice error={send.error} />}
      <div className="mh-actions mh-actions-end"><Button type="submit" size="lg" disabled={!drawn || digits.length < 6} loading={send.isPending} leftSection={<IconSignature size={18} aria-hidden="true" />}>{t('papers.signNow')}</Button></div>
    </form>
  );
}
