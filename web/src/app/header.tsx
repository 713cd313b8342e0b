import { ActionIcon, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconChevronDown, IconCommand, IconHelp, IconLanguage, IconLock, IconLogout, IconMoon, IconSun, IconInfoCircle, IconUserShield } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../fhir/account';
import { mayAny, useMe } from '../fhir/session';
import { codeText } from '../i18n/code';
import { LANGUAGES, changeLanguage, useLanguage } from '../i18n';
import { lock, openHelp, openPalette } from './commands';
import { keepLanguage } from './preferences';
import { rooms } from './rooms';

const GAP = 8;
/** The banner is never covered: what the header opens starts under it. */
const underBanner = () => GAP + ['.mh-banner', '.mh-emergency'].reduce((height, part) => height + (document.querySelector(part)?.clientHeight ?? 0), 0);

const searches = rooms.flatMap((room) => (room.header ? [{ powers: room.header.powers, Search: lazy(room.header.load) }] : []));

export function Header() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <header className="mh-header">
      <Link to="/" className="mh-brand" aria-label={t('app.home')}>
        <img src="/favicon.svg" alt="" width={24} height={24} />
        <span>Medical Hub</span>
      </Link>
      <span className="mh-tenant">{me.tenantTitle}</span>
      <div className="mh-header-search">
        <Suspense fallback={null}>
          {searches.filter((slot) => mayAny(me, slot.powers)).map(({ Search }, index) => (
            <Search key={index} />
          ))}
        </Suspense>
      </div>
      <Tooltip position="left" label={t('palette.open')}>
        <ActionIcon variant="transparent" className="mh-header-icon" aria-label={t('palette.open')} onClick={openPalette}>
          <IconCommand size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip position="left" label={t('help.open')}>
        <ActionIcon variant="transparent" className="mh-header-icon" aria-label={t('help.open')} onClick={openHelp}>
          <IconHelp size={18} />
        </ActionIcon>
      </Tooltip>
      <LanguageMenu />
      <SchemeButton />
      <Tooltip position="left" label={t('station.lock')}>
        <ActionIcon variant="transparent" className="mh-header-icon" aria-label={t('station.lock')} onClick={lock}>
          <IconLock size={18} />
        </ActionIcon>
      </Tooltip>
      <PersonMenu />
    </header>
  );
}

export function LanguageMenu() {
  const { t } = useTranslation();
  const current = useLanguage();
  return (
    <Menu position="bottom-end" offset={underBanner()}>
      <Menu.Target>
        <ActionIcon variant="transparent" className="mh-header-icon" aria-label={t('app.language')}>
          <IconLanguage size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={language === current ? <IconCheck size={14} aria-hidden="true" /> : null}
            onClick={() => {
              keepLanguage(language);
              void changeLanguage(language);
            }}
          >
            {t(`language.${language}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function SchemeButton() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const label = scheme === 'dark' ? t('app.light') : t('app.dark');
  return (
    <Tooltip position="left" label={label}>
      <ActionIcon variant="transparent" className="mh-header-icon" aria-label={label} onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}>
        {scheme === 'dark' ? <IconSun size={18} /> : <IconMoon size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

function PersonMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={220} offset={underBanner()}>
      <Menu.Target>
        <button type="button" className="mh-person">
          <span>{me.name}</span>
          <small>{me.roles.map((role) => codeText('role', role)).join(', ')}</small>
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserShield size={16} />} onClick={() => void navigate({ to: '/account' })}>
          {t('nav.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconInfoCircle size={16} />} onClick={() => void navigate({ to: '/about' })}>
          {t('nav.about')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
