import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { SegmentedControl } from '../../design/Segments';
import { ReminderLine } from './reminder.panel';
import { LISTS, usePlanAll, useReminders, type ListName } from './reminder.resource';
import './communication.css';

/** What patients are told by itself: what needs a person first. */
export default function RemindersPage() {
  const { t } = useTranslation();
  const [list, setList] = useState<ListName>('held');
  const query = useReminders(list);
  const plan = usePlanAll();
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('nav.reminders')}</h1>
        <SegmentedControl label={t('reminders.which')} value={list} change={setList} choices={LISTS.map((value) => ({ value, label: t(`reminders.list.${value}`) }))} />
        <Button variant="default" loading={plan.isPending} onClick={() => plan.mutate()}>{t('reminders.planAll')}</Button>
      </div>
      {plan.isError && <FailureNotice error={plan.error} />}
      {plan.isSuccess && <p className="mh-notice" role="status">{t('reminders.planned', { count: plan.data?.planned ?? 0 })}</p>}
      {query.data?.simulator && <p className="mh-notice mh-notice-warn">{t('reminders.simulator')}</p>}
      {query.data && !query.data.mail && !query.data.sms && <p className="mh-notice mh-notice-warn">{t('reminders.nothingSetUp')}</p>}
      <Loaded query={query}>
        {({ items, more }) => (
          <Panel title={t(`reminders.list.${list}`)} count={`${items.length}${more ? '+' : ''}`} flush>
            {items.length ? <ul className="mh-reminders">{items.map((one) => <ReminderLine key={one.id} reminder={one} whose />)}</ul> : <p className="mh-empty">{t(`reminders.none.${list}`)}</p>}
          </Panel>
        )}
      </Loaded>
    </div>
  );
}
