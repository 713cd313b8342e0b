import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { NewPasswordForm } from './new-password.form';
import { changePassword, useAct, type Security } from './security.resource';
import { SHORTEST_ALONE, SHORTEST_BESIDE } from './strength.resource';

export function PasswordPanel({ security }: { security: Security }) {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const change = useAct(changePassword, () => setOpen(false));
  return (
    <Panel title={t('account.password')} side={security.passwordChanged && <span>{t('account.changed')} <DateText value={security.passwordChanged} /></span>}>
      {open ? (
        <NewPasswordForm
          user={me.user}
          known={[me.name, me.tenantTitle]}
          asksOld={security.passwordSet}
          shortest={security.totp || security.passkeys.length ? SHORTEST_BESIDE : SHORTEST_ALONE}
          label={t('account.passwordSave')}
          busy={change.isPending}
          save={(next, old) => change.mutate(security.passwordSet ? { old, new: next } : { new: next })}
          cancel={() => setOpen(false)}
        >
          {change.isError && <FailureNotice error={change.error} />}
        </NewPasswordForm>
      ) : (
        <div className="mh-line">
          <p className="mh-grow" role="status">
            {change.isSuccess ? <span className="mh-inline mh-ok"><IconCheck size={16} aria-hidden="true" />{t('account.passwordChanged')}</span> : security.passwordSet ? t('account.passwordBody') : t('account.passwordNone')}
          </p>
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>{security.passwordSet ? t('account.passwordChange') : t('account.passwordChoose')}</Button>
        </div>
      )}
    </Panel>
  );
}
