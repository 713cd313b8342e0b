import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf, isElsewhere } from '../../design/faults';
import { Loaded } from '../../design/Panel';
import { useSend } from '../../fhir/verbs';
import { useLanguage } from '../../i18n';
import { METHODS, useConsentTexts, type ConsentRow, type ConsentText } from './consent.resource';

interface CollectProps { patientId: string; row: ConsentRow; close: () => void }

/** The text is read, then the patient says yes or no; how it was collected and which version is kept. */
export function CollectModal({ patientId, row, close }: CollectProps) {
  const { t } = useTranslation();
  const texts = useConsentTexts(useLanguage());
  return (
    <Modal opened onClose={close} title={t('consent.collectTitle', { kind: t(`consent.kind.${row.kind}`) })} size={720} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Loaded query={texts}>
        {(all) => {
          const text = all.find((one) => one.kind === row.kind && one.current) ?? all.filter((one) => one.kind === row.kind).at(-1);
          return text ? <CollectForm patientId={patientId} row={row} close={close} text={text} /> : <p className="mh-empty mh-warn">{t('consent.noText')}</p>;
        }}
      </Loaded>
    </Modal>
  );
}

function CollectForm({ patientId, row, close, text }: CollectProps & { text: ConsentText }) {
  const { t } = useTranslation();
  const [decision, setDecision] = useState('');
  const [method, setMethod] = useState<string>('written');
  const [note, setNote] = useState('');
  const send = useSend('consents');
  const submit = () =>
    send.mutate(
      {
        method: 'PUT',
        path: `patients/${encodeURIComponent(patientId)}/consent`,
        body: { kind: row.kind, decision, method, text_version: text.version, ...(note.trim() ? { note: note.trim() } : {}) },
      },
      { onSuccess: close },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (decision) submit();
      }}
    >
      <section className="mh-consent-text" tabIndex={0} aria-label={text.title}>
        <p className="mh-strong">{text.title}</p>
        {text.text.split(/\n+/).map((line) => <p key={line}>{line}</p>)}
      </section>
      <p className="mh-quiet mh-consent-version">{t('consent.version', { version: text.version })}</p>
      <div className="mh-fields">
        <Choices
          one
          line
          legend={t('consent.decision')}
          choices={[
            { value: 'permit', label: t('consent.permit') },
            { value: 'deny', label: t('consent.deny') },
          ]}
          chosen={[decision]}
          change={([value]) => setDecision(value ?? '')}
          error={faultOf(send.error, 'decision')}
        />
        <Choices one line legend={t('consent.how')} choices={METHODS.map((value) => ({ value, label: t(`consent.method.${value}`) }))} chosen={[method]} change={([value]) => setMethod(value ?? 'written')} error={faultOf(send.error, 'method')} />
        <Textarea className="mh-wide" label={t('consent.note')} rows={2} value={note} error={faultOf(send.error, 'note')} onChange={(event) => setNote(event.currentTarget.value)} />
      </div>
      {isElsewhere(send.error, ['decision', 'method', 'note']) && <FailureNotice error={send.error} />}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
        <Button type="submit" disabled={!decision} loading={send.isPending}>{t('consent.record')}</Button>
      </div>
    </form>
  );
}
