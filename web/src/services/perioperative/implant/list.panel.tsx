import { TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SideMark } from '../../../datatypes/CodeableConcept/SideMark';
import { DateText } from '../../../datatypes/Date/DateText';
import { Confirm } from '../../../design/Confirm';
import { Loaded, Panel } from '../../../design/Panel';
import { useImplants, useStrike, type Implant } from './implant.resource';

/** The implants of a case, with what a recall needs to find them. */
export function ImplantList({ surgery }: { surgery: string }) {
  const { t } = useTranslation();
  const query = useImplants(surgery);
  const [striking, setStriking] = useState<Implant | null>(null);
  return (
    <Panel title={t('peri.implant.list')} count={query.data?.filter(({ status }) => status !== 'struck').length} flush>
      <Loaded query={query}>{(rows) => (rows.length ? <Rows rows={rows} strike={setStriking} /> : <p className="mh-empty">{t('peri.implant.none')}</p>)}</Loaded>
      {striking && <Strike surgery={surgery} implant={striking} close={() => setStriking(null)} />}
    </Panel>
  );
}

function Rows({ rows, strike }: { rows: Implant[]; strike: (implant: Implant) => void }) {
  const { t } = useTranslation();
  return (
    <ul className="mh-list mh-peri-implants">
      {rows.map((implant) => (
        <li key={implant.id} data-struck={implant.status === 'struck' || undefined}>
          <div className="mh-grow">
            <p className="mh-row"><strong>{implant.name ?? implant.gtin ?? t('peri.implant.unknown')}</strong>{implant.side && <SideMark side={implant.side} />}{implant.status === 'struck' && <span className="mh-tag">{t('peri.implant.struck')}</span>}</p>
            <p>{t('peri.implant.lot')} <strong>{implant.lot ?? '–'}</strong>{implant.serial && <> · {t('peri.implant.serial')} <strong>{implant.serial}</strong></>} · {t('peri.implant.expiry')} <DateText value={implant.expiry ?? undefined} /></p>
            {implant.override && <p className="mh-warn mh-inline"><IconAlertTriangle size={15} aria-hidden="true" />{t('peri.overridden', { reason: implant.override })}</p>}
            <p className="mh-quiet"><DateText value={implant.time} time /> · {implant.author?.name}</p>
          </div>
          {implant.status !== 'struck' && <button type="button" className="mh-link" aria-label={t('peri.implant.strikeOne', { name: implant.name ?? implant.gtin ?? '' })} onClick={() => strike(implant)}>{t('peri.strike')}</button>}
        </li>
      ))}
    </ul>
  );
}

function Strike({ surgery, implant, close }: { surgery: string; implant: Implant; close: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const send = useStrike(surgery);
  return (
    <Confirm title={t('peri.implant.strikeTitle')} action={t('peri.strike')} danger blocked={reason.trim().length < 3} busy={send.isPending} error={send.error} run={() => send.mutate({ implant: implant.id, reason: reason.trim() }, { onSuccess: close })} close={close}>
      <p className="mh-strong">{implant.name} · {implant.lot}</p>
      <p>{t('peri.implant.strikeHint')}</p>
      <TextInput label={t('peri.correctReason')} maxLength={300} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Confirm>
  );
}
