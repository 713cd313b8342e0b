import { useTranslation } from 'react-i18next';
import { LanguageMenu, SchemeButton } from './header';
import { SignIn } from './sign-in';

export default function SignInPage() {
  const { t } = useTranslation();
  return (
    <div className="mh-door">
      <header className="mh-header">
        <span className="mh-brand">
          <img src="/favicon.svg" alt="" width={24} height={24} />
          <span>Medical Hub</span>
        </span>
        <span className="mh-grow" />
        <LanguageMenu />
        <SchemeButton />
      </header>
      <main className="mh-door-card">
        <h1 className="mh-title">{t('signIn.title')}</h1>
        <SignIn />
      </main>
    </div>
  );
}
