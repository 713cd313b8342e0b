import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '../i18n';
import { HeaderButton } from './header-button';

const Language = lazy(withWords(async () => ({ default: (await import('./header-menus')).LanguageMenu }), 'shell'));

/** What a station may be set to, signed in or not. */
export function LanguageMenu() {
  const { t } = useTranslation();
  return (
    <Suspense fallback={<HeaderButton label={t('app.language')} wide disabled><IconLanguage size={18} aria-hidden="true" /></HeaderButton>}>
      <Language />
    </Suspense>
  );
}

export function SchemeButton() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <HeaderButton label={scheme === 'dark' ? t('app.light') : t('app.dark')} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')} wide>
      {scheme === 'dark' ? <IconSun size={18} aria-hidden="true" /> : <IconMoon size={18} aria-hidden="true" />}
    </HeaderButton>
  );
}
