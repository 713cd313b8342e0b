import { Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { openTour } from '../../design/commands';
import { FailureNotice } from '../../design/FailureNotice';
import { useMe } from '../../fhir/session';
import { codeText } from '../../i18n/code';
import { onePerRole, useDemoAccounts, useSwitch } from './roles.resource';
import './tour.css';

/** On the home page of the sample clinic: that all of it is invented, the tour, and one click to another role. */
export default function SampleStrip() {
  const { t } = useTranslation();
  const me = useMe();
  const accounts = useDemoAccounts(me.demo);
  const enter = useSwitch();
  if (!me.demo) return null;
  const roles = onePerRole(accounts.data ?? []);
  const here = roles.some(({ account }) => account.user === me.user);
  return (
    <section className="mh-sample" aria-label={t('demo.title')}>
      <span><strong>{t('demo.title')}</strong> : <span className="mh-quiet">{t('demo.invented')}</span></span>
      <Button size="compact-sm" variant="default" leftSection={<IconRoute size={15} aria-hidden="true" />} onClick={openTour}>{t('app.tour')}</Button>
      <div className="mh-sample-roles" role="group" aria-label={t('demo.seeAs')}>
        <span className="mh-quiet" aria-hidden="true">{t('demo.seeAs')}</span>
        {roles.map(({ role, account }) => {
          const current = here ? account.user === me.user : me.roles.includes(role);
          return (
            <button key={role} type="button" className="mh-sample-role" title={account.name} aria-pressed={current} disabled={enter.isPending} onClick={() => !current && enter.mutate(account.user)}>
              {codeText('role', role)}
            </button>
          );
        })}
      </div>
      {enter.isError && <FailureNotice error={enter.error} />}
    </section>
  );
}
