import { Button } from '@mantine/core';
import { IconDeviceMobile, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { passkeysHere } from '../../fhir/webauthn';
import { PasskeyForm } from './passkey.form';
import { RecoveryCodes } from './recovery.panel';
import { makeRecoveryCodes, removePasskey, removeTotp, useAct, type Passkey, type Security } from './security.resource';
import { TotpForm } from './totp.form';

type Open = { form: 'totp' | 'passkey' } | { codes: string[] } | null;

/** The proofs beside the password: an app's codes, passkeys, and the codes on paper. */
export function SecondFactorPanels({ security }: { security: Security }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const done = (codes: string[]) => setOpen(codes.length ? { codes } : null);
  return (
    <>
      <Totp security={security} opened={open !== null && 'form' in open && open.form === 'totp'} open={() => setOpen({ form: 'totp' })} close={close} done={done} />
      <Passkeys keys={security.passkeys} opened={open !== null && 'form' in open && open.form === 'passkey'} open={() => setOpen({ form: 'passkey' })} close={close} done={done} />
      <Recovery security={security} codes={open !== null && 'codes' in open ? open.codes : null} show={(codes) => setOpen({ codes })} close={close} />
    </>
  );
}

interface FormProps { opened: boolean; open: () => void; close: () => void; done: (codes: string[]) => void }

function Totp({ security, opened, open, close, done }: FormProps & { security: Security }) {
  const { t } = useTranslation();
  const remove = useAct(removeTotp);
  return (
    <Panel title={t('account.totp')} side={<span className={security.totp ? 'mh-tag mh-tag-ok' : 'mh-tag'}>{security.totp ? t('account.active') : t('account.inactive')}</span>}>
      {opened ? (
        <TotpForm done={done} cancel={close} />
      ) : (
        <div className="mh-line">
          <IconDeviceMobile size={20} stroke={1.6} aria-hidden="true" />
          <p className="mh-grow">{t('account.totpBody')}</p>
          {security.totp ? (
            <Sure label={t('account.remove')} said={t('account.totpRemove')} busy={remove.isPending} sure={() => remove.mutate(undefined)} />
          ) : (
            <Button size="compact-sm" variant="default" onClick={open}>{t('account.totpAdd')}</Button>
          )}
        </div>
      )}
      {remove.isError && <FailureNotice error={remove.error} />}
    </Panel>
  );
}

function Passkeys({ keys, opened, open, close, done }: FormProps & { keys: Passkey[] }) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t('account.passkeys')}
      count={keys.length}
      side={!opened && passkeysHere() && <Button size="compact-sm" variant="default" onClick={open}>{t('account.passkeyAdd')}</Button>}
      flush
    >
      {opened && <div className="mh-inset"><PasskeyForm done={done} cancel={close} /></div>}
      {keys.length > 0 && (
        <table className="mh-table">
          <thead>
            <tr>
              <th scope="col">{t('account.name')}</th>
              <th scope="col" className="mh-tight">{t('account.created')}</th>
              <th scope="col" className="mh-tight">{t('account.used')}</th>
              <th scope="col" className="mh-tight"><span className="mh-sr">{t('account.remove')}</span></th>
            </tr>
          </thead>
          <tbody>{keys.map((key) => <PasskeyRow key={key.id} passkey={key} />)}</tbody>
        </table>
      )}
      {keys.length === 0 && !opened && <p className="mh-empty">{passkeysHere() ? t('account.passkeysNone') : t('account.passkeysUnable')}</p>}
    </Panel>
  );
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const { t } = useTranslation();
  const remove = useAct(removePasskey);
  return (
    <tr>
      <td className="mh-strong">
        <span className="mh-inline"><IconKey size={15} aria-hidden="true" />{passkey.name}</span>
        {remove.isError && <FailureNotice error={remove.error} />}
      </td>
      <td className="mh-tight">{passkey.created && <DateText value={passkey.created} />}</td>
      <td className="mh-tight">{passkey.used ? <DateText value={passkey.used} time /> : t('account.never')}</td>
      <td className="mh-tight"><Sure label={t('account.remove')} said={t('account.passkeyRemove', { name: passkey.name })} busy={remove.isPending} sure={() => remove.mutate(passkey.id)} /></td>
    </tr>
  );
}

function Recovery({ security, codes, show, close }: { security: Security; codes: string[] | null; show: (codes: string[]) => void; close: () => void }) {
  const { t } = useTranslation();
  const make = useAct(makeRecoveryCodes, show);
  const few = security.recoveryLeft < 3;
  if (!codes && !security.totp && security.passkeys.length === 0) {
    return (
      <Panel title={t('account.recoveryTitle')}>
        <p className="mh-quiet">{t('account.recoveryLater')}</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={t('account.recoveryTitle')}
      side={<span className={few ? 'mh-tag mh-tag-warn' : 'mh-tag'}>{t('account.recoveryLeft', { count: security.recoveryLeft })}</span>}
    >
      {codes ? (
        <RecoveryCodes codes={codes} done={close} />
      ) : (
        <div className="mh-line">
          <p className="mh-grow">{t('account.recoveryBody')}</p>
          <Button size="compact-sm" variant="default" loading={make.isPending} onClick={() => make.mutate(undefined)}>{t('account.recoveryMake')}</Button>
        </div>
      )}
      {make.isError && <FailureNotice error={make.error} />}
    </Panel>
  );
}

/** A second press, in the same place, for what cannot be taken back. */
export function Sure({ label, said, busy, sure }: { label: string; said: string; busy: boolean; sure: () => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  if (!asked) return <Button size="compact-sm" variant="default" loading={busy} aria-label={said} onClick={() => setAsked(true)}>{label}</Button>;
  return (
    <span className="mh-sure" role="group" aria-label={said}>
      <Button size="compact-sm" variant="default" onClick={() => setAsked(false)} autoFocus>{t('account.cancel')}</Button>
      <Button
        size="compact-sm"
        onClick={() => {
          setAsked(false);
          sure();
        }}
      >
        {t('account.confirm')}
      </Button>
    </span>
  );
}
