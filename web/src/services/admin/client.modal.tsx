import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import { faultOf, isElsewhere } from '../../design/faults';
import { useSend } from '../../fhir/verbs';
import { CLIENT_KINDS, EMPTY_CLIENT, OFFERED, changedBody, clientBody, clientDraft, draftFaults, type Client, type ClientDraft, type ClientKind, type DraftFault } from './clients.resource';
import { SecretNotice, type Created } from './secret.panel';

const STEPS = ['kind', 'addresses', 'scopes'] as const;
const FAULTS: Record<(typeof STEPS)[number], DraftFault[]> = { kind: ['name'], addresses: ['redirects', 'keys'], scopes: ['scopes'] };
const FIELDS = ['name', 'redirect_uris', 'jwks', 'jwks_uri', 'launch_url', 'url', 'scopes'] as const;

/** Three steps: what it is, where it lives, what it may ask for. The secret is shown once. */
export default function ClientModal({ client, close }: { client?: Client; close: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(client ? clientDraft(client) : EMPTY_CLIENT);
  const [at, setAt] = useState(0);
  const [tried, setTried] = useState(false);
  const send = useSend<Created>('oauth-clients');
  const step = STEPS[at] ?? 'kind';
  const faults = draftFaults(draft).filter((fault) => FAULTS[step].includes(fault));
  const change = (part: Partial<ClientDraft>) => setDraft((now) => ({ ...now, ...part }));
  const next = () => {
    setTried(faults.length > 0);
    if (faults.length) return;
    if (at + 1 < STEPS.length) setAt(at + 1);
    else if (client) send.mutate({ method: 'PUT', path: `oauth/clients/${encodeURIComponent(client.id)}`, body: changedBody(client, draft) }, { onSuccess: (sent) => void (sent?.secret || close()) });
    else send.mutate({ method: 'POST', path: 'oauth/clients', body: clientBody(draft) });
  };
  if (send.isSuccess) {
    return (
      <Modal opened onClose={close} title={t('admin.client.created', { name: draft.name })} size={640} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <SecretNotice created={send.data ?? {}} />
        <div className="mh-actions mh-actions-end"><Button onClick={close}>{t('admin.client.done')}</Button></div>
      </Modal>
    );
  }
  const props: StepProps = { draft, change, fault: (name) => (tried && faults.includes(name) ? t(`admin.client.fault.${name}`) : undefined), error: send.error };
  return (
    <Modal opened onClose={close} title={client ? t('admin.clients.change') : t('admin.clients.add')} size={720} yOffset={80} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        <p className="mh-quiet" role="status">{t('admin.client.step', { at: at + 1, of: STEPS.length })} · {t(`admin.client.title.${step}`)}</p>
        {step === 'kind' && <KindStep {...props} />}
        {step === 'addresses' && <AddressStep {...props} />}
        {step === 'scopes' && <ScopeStep {...props} />}
        {send.isError && (isElsewhere(send.error, FIELDS) || step !== 'scopes') && <FailureNotice error={send.error} />}
        <div className="mh-actions mh-actions-end">
          <Button variant="default" onClick={at ? () => setAt(at - 1) : close}>{at ? t('form.back') : t('form.cancel')}</Button>
          <Button type="submit" loading={send.isPending}>{at + 1 < STEPS.length ? t('form.next') : client ? t('form.save') : t('admin.client.create')}</Button>
        </div>
      </form>
    </Modal>
  );
}

interface StepProps {
  draft: ClientDraft;
  change: (part: Partial<ClientDraft>) => void;
  fault: (name: DraftFault) => string | undefined;
  error: unknown;
}

function KindStep({ draft, change, fault, error }: StepProps) {
  const { t } = useTranslation();
  return (
    <div className="mh-fields">
      <TextInput label={t('admin.client.name')} value={draft.name} error={fault('name') ?? faultOf(error, 'name')} onChange={(event) => change({ name: event.currentTarget.value })} data-autofocus autoComplete="off" />
      <TextInput label={t('admin.client.url')} value={draft.url} error={faultOf(error, 'url')} onChange={(event) => change({ url: event.currentTarget.value })} autoComplete="off" />
      <Choices
        one
        legend={t('admin.client.kind')}
        choices={CLIENT_KINDS.map((kind) => ({ value: kind, label: t(`admin.kind.${kind}`), hint: t(`admin.kindHint.${kind}`) }))}
        chosen={[draft.kind]}
        change={([kind]) => change({ kind: (kind ?? 'public') as ClientKind })}
      />
    </div>
  );
}

function AddressStep({ draft, change, fault, error }: StepProps) {
  const { t } = useTranslation();
  if (draft.kind === 'backend') {
    return (
      <div className="mh-fields">
        <TextInput className="mh-wide" label={t('admin.client.keyAddress')} description={t('admin.client.keyAddressHint')} value={draft.keyAddress} error={faultOf(error, 'jwks_uri')} onChange={(event) => change({ keyAddress: event.currentTarget.value })} data-autofocus autoComplete="off" spellCheck={false} />
        <Textarea className="mh-wide" label={t('admin.client.keys')} description={t('admin.client.keysHint')} rows={7} value={draft.keys} error={fault('keys') ?? faultOf(error, 'jwks')} onChange={(event) => change({ keys: event.currentTarget.value })} spellCheck={false} />
      </div>
    );
  }
  return (
    <div className="mh-fields">
      <Textarea className="mh-wide" label={t('admin.client.redirects')} description={t('admin.client.redirectsHint')} rows={4} value={draft.redirects} error={fault('redirects') ?? faultOf(error, 'redirect_uris')} onChange={(event) => change({ redirects: event.currentTarget.value })} data-autofocus spellCheck={false} />
      <TextInput className="mh-wide" label={t('admin.client.launchUrl')} description={t('admin.client.launchUrlHint')} value={draft.launchUrl} error={faultOf(error, 'launch_url')} onChange={(event) => change({ launchUrl: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
    </div>
  );
}

function ScopeStep({ draft, change, fault, error }: StepProps) {
  const { t } = useTranslation();
  return (
    <div className="mh-fields">
      <Choices
        legend={t('admin.client.scopes')}
        choices={OFFERED[draft.kind].map((scope) => ({ value: scope, label: <code>{scope}</code>, hint: t(`admin.scope.${scopeKey(scope)}`) }))}
        chosen={draft.scopes}
        change={(scopes) => change({ scopes })}
        error={fault('scopes') ?? faultOf(error, 'scopes')}
      />
      <TextInput className="mh-wide" label={t('admin.client.more')} description={t('admin.client.moreHint')} value={draft.more} onChange={(event) => change({ more: event.currentTarget.value })} autoComplete="off" spellCheck={false} />
    </div>
  );
}

type ScopeKey = 'openid' | 'fhirUser' | 'launch' | 'launchPatient' | 'offline' | 'patientRead' | 'userRead' | 'userWrite' | 'systemRead' | 'systemWrite' | 'scim';

function scopeKey(scope: string): ScopeKey {
  const plain: Record<string, ScopeKey> = { openid: 'openid', fhirUser: 'fhirUser', launch: 'launch', 'launch/patient': 'launchPatient', offline_access: 'offline', scim: 'scim' };
  if (plain[scope]) return plain[scope];
  if (scope.startsWith('patient/')) return 'patientRead';
  if (scope.startsWith('user/')) return scope.endsWith('.cruds') ? 'userWrite' : 'userRead';
  return scope.endsWith('.cruds') ? 'systemWrite' : 'systemRead';
}
