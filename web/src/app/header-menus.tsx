// The menus of the header come a moment after the page: their layers weigh more than the page that they stand on.
import { Menu } from '@mantine/core';
import { IconCheck, IconHelp, IconInfoCircle, IconLanguage, IconLogout, IconRoute, IconUserShield, IconUsers } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { signOut } from '../fhir/account';
import { useMe } from '../fhir/session';
import { LANGUAGES, changeLanguage, useLanguage } from '../i18n';
import { openHelp, openRoles, openTour } from '../design/commands';
import { underBanner } from '../design/under-banner';
import { PersonFace } from './person-face';
import { keepLanguage } from './preferences';

export function LanguageMenu() {
  const { t } = useTranslation();
  const current = useLanguage();
  return (
    <Menu position="bottom-end" offset={underBanner()}>
      <Menu.Target>
        <button type="button" className="mh-header-icon" data-wide aria-label={t('app.language')} title={t('app.language')}>
          <IconLanguage size={18} aria-hidden="true" />
        </button>
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

export function PersonMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={250} offset={underBanner()}>
      <Menu.Target>
        <button type="button" className="mh-person" title={me.name}>
          <PersonFace />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUserShield size={16} />} onClick={() => void navigate({ to: '/account' })}>
          {t('nav.account')}
        </Menu.Item>
        {me.demo && (
          <>
            <Menu.Item leftSection={<IconUsers size={16} />} onClick={openRoles}>{t('app.roles')}</Menu.Item>
            <Menu.Item leftSection={<IconRoute size={16} />} onClick={openTour}>{t('app.tour')}</Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconHelp size={16} />} onClick={openHelp}>{t('help.title')}</Menu.Item>
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
