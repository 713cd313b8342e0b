import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { Failure } from '../../fhir/http';
import { ReminderLine } from './reminder.panel';
import { usePreferences, useRefuse, useRemindersOf, type Channel, type Preferences } from './reminder.resource';
import './communication.css';

const WAYS: Channel[] = ['mail', 'sms'];

/** In the chart: how the patient is reached, what they refuse, and what they were told. */
export default function ChartReminders({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const wishes = usePreferences(patientId);
  const query = useRemindersOf(patientId);
  return (
    <div className="mh-page mh-reminders-chart">
      <Panel title={t('reminders.ways')}>
        <Loaded query={wishes}>{(found) => <Wishes patient={patientId} found={found} />}</Loaded>
      </Panel>
      <Panel title={t('reminders.ofPatient')} count={query.data?.items.length ?? null} flush>
        <Loaded query={query}>
          {({ items }) => (items.length ? <ul className="mh-reminders">{items.map((one) => <ReminderLine key={one.id} reminder={one} whose={false} />)}</ul> : <p className="mh-empty">{t('reminders.none.patient')}</p>)}
        </Loaded>
      </Panel>
    </div>
  );
}

function Wishes({ patient, found }: { patient: string; found: Preferences }) {
  const { t } = useTranslation();
  const refuse = useRefuse(patient);
  const change = (way: Channel, allowed: boolean) => refuse.mutate({ version: found.version, mail: found.mail.allowed, sms: found.sms.allowed, [way]: allowed });
  return (
    <>
      {found.silent && <p className="mh-notice">{t('reminders.silent')}</p>}
      <ul className="mh-reminders-ways">
        {WAYS.map((way) => (
          <li key={way}>
            <Switch label={t(`reminders.by.${way}`)} checked={found[way].allowed} disabled={refuse.isPending} onChange={(event) => change(way, event.currentTarget.checked)} />
            <span className={found[way].address ? '' : 'mh-warn'}>{found[way].address ?? (way === 'sms' && found.landline ? t('reminders.landline') : t(`reminders.noAddress.${way}`))}</span>
            {!found[way].set_up && <span className="mh-quiet">{t('reminders.notSetUp')}</span>}
          </li>
        ))}
      </ul>
      <p className="mh-quiet">{t('reminders.language', { language: t(`language.${found.language}`) })}</p>
      <p className="mh-quiet">{t('reminders.when')}</p>
      {refuse.isError && (refuse.error instanceof Failure && refuse.error.status === 412 ? <p className="mh-notice mh-notice-warn" role="alert">{t('reminders.faster')}</p> : <FailureNotice error={refuse.error} />)}
    </>
  );
}
