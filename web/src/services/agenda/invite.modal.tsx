import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { PatientPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { QrCode } from '../../design/QrCode';
import { useLanguage } from '../../i18n';
import { useAgendaSend } from './agenda.resource';
import { invitationAddress, useInvitations, useRules, type Invitation } from './invitation.resource';

const DAYS = 14;

/** A patient is invited to book: the address is made once, and can be taken back. */
export function InviteModal({ practitioner, close }: { practitioner: Picked; close: () => void }) {
  const { t } = useTranslation();
  const [patient, setPatient] = useState<Picked | null>(null);
  const [type, setType] = useState('');
  const rules = useRules();
  const make = useAgendaSend<Invitation & { token: string }>();
  const reference = `Practitioner/${practitioner.id}`;
  const types = [...new Set((rules.data?.rules ?? []).filter((rule) => rule.allowed && (rule.practitioner === null || rule.practitioner === reference)).map((rule) => rule.type))];
  const chosen = types.includes(type) ? type : (types[0] ?? '');
  // An address is shown beside the patient and the type that it was made for, and nobody else.
  const pick = (who: Picked | null) => {
    setPatient(who);
    make.reset();
  };
  const address = make.data ? invitationAddress(make.data.token) : null;
  return (
    <Modal opened onClose={close} title={t('invite.title', { who: practitioner.label })} size={640} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <p className="mh-lead">{t('invite.explain')}</p>
      {rules.data && types.length === 0 && <p className="mh-notice mh-notice-warn">{t('invite.noRule')}</p>}
      <div className="mh-fields">
        <div className="mh-wide"><PatientPicker label={t('theatre.patient')} picked={patient} pick={pick} /></div>
        <NativeSelect label={t('invite.type')} value={chosen} data={types} onChange={(event) => {
          setType(event.currentTarget.value);
          make.reset();
        }} />
      </div>
      {make.isError && <FailureNotice error={make.error} />}
      {address && (
        <div className="mh-agenda-feed">
          <p className="mh-warn">{t('invite.once')}</p>
          <TextInput readOnly label={t('invite.address')} value={address} onFocus={(event) => event.currentTarget.select()} />
          <QrCode text={address} label={t('invite.address')} />
        </div>
      )}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={close}>{t('common.close')}</Button>
        <Button disabled={!patient || !chosen || address !== null} loading={make.isPending} onClick={() => patient && make.mutate({ method: 'POST', path: 'agenda/invitations', body: { patient: patient.id, type: chosen, practitioner: reference, days: DAYS } })}>{t('invite.make')}</Button>
      </div>
      {patient && <Open patient={patient.id} />}
    </Modal>
  );
}

/** The patient's invitations that stand, with what became of them. */
function Open({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useInvitations(patient);
  const end = useAgendaSend();
  return (
    <Loaded query={query}>
      {(rows) => (
        <ul className="mh-list" aria-label={t('invite.list')}>
          {rows.map((row) => (
            <li key={row.id} className="mh-split">
              <span>{row.type} · {t(`invite.state.${row.state}`)}{row.appointment ? ` · ${formatDateTime(row.appointment.start, language)}` : ''} <span className="mh-quiet">{t('invite.until', { date: formatDate(row.until, language) })}</span></span>
              <Button size="compact-sm" variant="default" loading={end.isPending} onClick={() => end.mutate({ method: 'DELETE', path: `agenda/invitations/${row.id}` })}>{t('invite.end')}</Button>
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}
