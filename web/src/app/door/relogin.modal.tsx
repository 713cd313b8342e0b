import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../fhir/session';
import { SignIn } from './sign-in';

/** The session ended under an open page: sign in again in place; the page and what was typed stay. */
export default function Relogin({ me }: { me: Me }) {
  const { t } = useTranslation();
  return (
    <Modal size={560} opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={t('signIn.expired')}>
      <p className="mh-quiet">{t('signIn.expiredBody', { name: me.name })}</p>
      <SignIn first={me.user} />
    </Modal>
  );
}
