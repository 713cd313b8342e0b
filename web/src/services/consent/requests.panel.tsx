import { Button, Textarea } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Choices } from '../../design/Choices';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { powersOf, useMe } from '../../fhir/session';
import { useSend } from '../../fhir/verbs';
import { REQUEST_KINDS, downloadCopy, isWaiting, requestView, useDataRequests, type DataRequest, type RequestKind } from './requests.resource';

/** Copy, rectification, restriction, erasure: each request is kept with its answer, also where the law says no. */
export function RequestsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const requests = useDataRequests(patientId);
  const mayCopy = powersOf(useMe()).has('admin');
  const [asking, setAsking] = useState(false);
  const [copying, setCopying] = useState(false);
  const [answering, setAnswering] = useState<DataRequest | null>(null);
  return (
    <Panel
      title={t('consent.requests')}
      count={requests.data?.length}
      flush
      side={
        <>
          {mayCopy && <Button size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden="true" />} onClick={() => setCopying(true)}>{t('consent.copy')}</Button>}
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>{t('consent.newRequest')}</Button>
        </>
      }
    >
      <Loaded query={requests}>
        {(rows) =>
          rows.length ? (
            <ul className="mh-list">
              {rows.map((row) => (
                <li key={row.id}>
                  <RequestLine row={row} />
                  {mayCopy && isWaiting(row) && <Button size="compact-sm" variant="default" onClick={() => setAnswering(row)}>{t('consent.answer')}</Button>}
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('consent.noRequest')}</p>
          )
        }
      </Loaded>
      {asking && <RequestModal patientId={patientId} close={() => setAsking(false)} />}
      {answering && <AnswerModal patientId={patientId} row={answering} close={() => setAnswering(null)} />}
      {copying && <CopyModal patientId={patientId} close={() => setCopying(false)} />}
    </Panel>
  );
}

const STATES = ['requested', 'accepted', 'completed', 'refused'] as const;
const ANSWERS = ['accepted', 'completed', 'refused'] as const;

function RequestLine({ row }: { row: DataRequest }) {
  const { t } = useTranslation();
  const kind = REQUEST_KINDS.find((one) => one === row.kind);
  const state = STATES.find((one) => one === row.state);
  return (
    <>
      <div className="mh-split">
        <span className="mh-strong">{kind ? t(`consent.request.${kind}`) : t('consent.copy')}</span>
        <span className="mh-split-side">
          <span className={state === 'refused' ? 'mh-tag mh-tag-warn' : 'mh-tag'}>{state ? t(`consent.requestState.${state}`) : row.state}</span>
          <DateText value={row.at} />
        </span>
      </div>
      {row.text && <p>{row.text}</p>}
      {row.answer && <p className="mh-quiet">{row.answer}</p>}
      {row.legal && <p className="mh-quiet">{t('consent.legal')} {row.legal}</p>}
      {row.due && <p className="mh-quiet">{t('consent.due')} <DateText value={row.due} /></p>}
    </>
  );
}

function RequestModal({ patientId, close }: { patientId: string; close: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<RequestKind>('rectification');
  const [text, setText] = useState('');
  const send = useSend<Parameters<typeof requestView>[0]>('data-requests');
  if (send.isSuccess && send.data) {
    return (
      <Confirm title={t('consent.answered')} action={t('common.close')} busy={false} error={null} run={close} close={close}>
        <RequestLine row={requestView(send.data)} />
      </Confirm>
    );
  }
  const run = () => send.mutate({ method: 'POST', path: `patients/${encodeURIComponent(patientId)}/data-requests`, body: { kind, text: text.trim() } }, { onSuccess: (said) => { if (!said) close(); } });
  return (
    <Confirm title={t('consent.newRequest')} action={t('consent.recordRequest')} blocked={!text.trim()} busy={send.isPending} error={send.error} run={run} close={close}>
      <div className="mh-fields">
        <Choices
          one
          legend={t('consent.requestKind')}
          choices={REQUEST_KINDS.map((value) => ({ value, label: t(`consent.request.${value}`), hint: t(`consent.requestHint.${value}`) }))}
          chosen={[kind]}
          change={([value]) => setKind((value ?? 'rectification') as RequestKind)}
        />
        <Textarea className="mh-wide" label={t('consent.requestText')} rows={4} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </div>
    </Confirm>
  );
}

function CopyModal({ patientId, close }: { patientId: string; close: () => void }) {
  const { t } = useTranslation();
  const copy = useMutation({ mutationFn: () => downloadCopy(patientId) });
  return (
    <Confirm title={t('consent.copy')} action={copy.isSuccess ? t('common.close') : t('consent.download')} busy={copy.isPending} error={null} run={copy.isSuccess ? close : () => copy.mutate()} close={close}>
      <p className="mh-lead">{t('consent.copyExplain')}</p>
      {copy.isSuccess && <p className="mh-field-ok" role="status">{t('consent.copied', { count: copy.data })}</p>}
      {copy.isError && <FailureNotice error={copy.error} />}
    </Confirm>
  );
}

function AnswerModal({ patientId, row, close }: { patientId: string; row: DataRequest; close: () => void }) {
  const { t } = useTranslation();
  const [decision, setDecision] = useState('');
  const [note, setNote] = useState('');
  const send = useSend('data-requests');
  const run = () =>
    send.mutate({ method: 'PUT', path: `patients/${encodeURIComponent(patientId)}/data-requests/${encodeURIComponent(row.id)}`, body: { decision, note: note.trim() } }, { onSuccess: close });
  return (
    <Confirm title={t('consent.answer')} action={t('consent.recordAnswer')} blocked={!decision || !note.trim()} busy={send.isPending} error={send.error} run={run} close={close}>
      <RequestLine row={row} />
      <div className="mh-fields">
        <Choices one line legend={t('consent.answerIs')} choices={ANSWERS.map((value) => ({ value, label: t(`consent.requestState.${value}`) }))} chosen={[decision]} change={([value]) => setDecision(value ?? '')} />
        <Textarea className="mh-wide" label={t('consent.answerText')} rows={3} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      </div>
    </Confirm>
  );
}
