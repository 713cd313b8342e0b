import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { codeText } from '../../i18n/code';
import { useDemoAccounts, useSwitch } from './roles.resource';

/** Every invented person of the sample clinic: one click takes their place. */
export function RolesModal({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const accounts = useDemoAccounts(true);
  const enter = useSwitch();
  return (
    <Modal opened onClose={close} title={t('demo.roles')} size={620} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Loaded query={accounts}>
        {(rows) => (
          <ul className="mh-accounts">
            {(rows ?? []).map((account) => (
              <li key={account.user}>
                <button type="button" data-user={account.user} aria-current={account.user === me.user || undefined} disabled={enter.isPending || account.user === me.user} onClick={() => enter.mutate(account.user)}>
                  <strong>{account.name}</strong>
                  <span>{account.roles.map((role) => codeText('role', role)).join(', ')}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {enter.isError && <FailureNotice error={enter.error} />}
    </Modal>
  );
}
