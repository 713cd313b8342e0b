import { useTranslation } from 'react-i18next';
import { Door } from './door';
import { SignIn } from './sign-in';

export default function SignInPage() {
  const { t } = useTranslation();
  return (
    <Door title={t('signIn.title')}>
      <SignIn />
    </Door>
  );
}
