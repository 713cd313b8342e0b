import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Spotlight, spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconHelp, IconLanguage, IconLock, IconLogout, IconMoon, IconPrinter, IconRoute, IconSearch, IconSun, IconUserSearch, IconUsers, IconUserShield } from '@tabler/icons-react';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut } from '../fhir/account';
import { mayAny, useMe } from '../fhir/session';
import { LANGUAGES, changeLanguage } from '../i18n';
import { lock, onCommand, openHelp, openRoles, openTour } from '../design/commands';
import { keepLanguage } from './preferences';
import { navEntries } from './rail';
import { rooms } from './rooms';

/** Ctrl+K: everything the app can do, by name. In a chart its sections come first. */
export default function Palette() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const groups: SpotlightActionGroupData[] = [
    { group: t('palette.inChart'), actions: useChartActions() },
    { group: t('palette.goTo'), actions: usePageActions() },
    { group: t('palette.station'), actions: useStationActions() },
    { group: t('search.title'), actions: usePatientAction(typed.trim()) },
  ];
  useEffect(() => onCommand('palette', () => spotlight.open()), []);
  return (
    <Spotlight
      query={typed}
      onQueryChange={setTyped}
      actions={groups.filter((group) => group.actions.length > 0)}
      shortcut="mod + K"
      tagsToIgnore={[]}
      nothingFound={t('palette.nothing')}
      highlightQuery={false}
      limit={60}
      scrollable
      attributes={{ content: { 'aria-label': t('palette.placeholder') } }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      maxHeight={520}
      zIndex={300}
      yOffset={112}
      overlayProps={{ backgroundOpacity: 0.35 }}
      searchProps={{ leftSection: <IconSearch size={18} aria-hidden="true" />, placeholder: t('palette.placeholder'), 'aria-label': t('palette.placeholder') }}
    />
  );
}

function useChartActions(): SpotlightActionData[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const chart = /^\/patients\/(?!nouveau$)[^/]+/.exec(path)?.[0];
  const own = useRoomActions(chart ?? null);
  if (!chart) return [];
  const sections = rooms.flatMap((room) => room.chart).map(({ path: part, key, icon: SectionIcon }) => ({
    id: `section-${key}`,
    label: t(`section.${key}`),
    leftSection: <SectionIcon size={18} stroke={1.6} aria-hidden="true" />,
    onClick: () => void navigate({ to: part ? `${chart}/${part}` : chart }),
  }));
  return [...sections, ...own];
}

/** What rooms offer: in a chart what is done there, elsewhere what is done anywhere. */
function useRoomActions(chart: string | null): SpotlightActionData[] {
  const navigate = useNavigate();
  const me = useMe();
  return rooms
    .flatMap((room) => room.actions ?? [])
    .filter((action) => mayAny(me, action.powers) && (action.chart ?? false) === (chart !== null))
    .map(({ id, label, icon: ActionIcon, to }) => ({
      id: `action-${id}`,
      label: label(),
      leftSection: <ActionIcon size={18} stroke={1.6} aria-hidden="true" />,
      onClick: () => void navigate({ to: chart ? `${chart}/${to}` : to }),
    }));
}

/** A name that is typed here is searched for on request only: reading ahead would write searches that nobody made in the log. */
function usePatientAction(typed: string): SpotlightActionData[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  if (typed.length < 3 || !mayAny(me, ['care', 'desk', 'admin'])) return [];
  return [{
    id: 'patient',
    label: t('palettePlus.patient', { name: typed }),
    leftSection: <IconUserSearch size={18} aria-hidden="true" />,
    onClick: () => void navigate({ to: '/patients', search: { q: typed } as never }),
  }];
}

function usePageActions(): SpotlightActionData[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const own = useRoomActions(null);
  const entries = navEntries(me).map(({ path, key, icon: EntryIcon }) => ({
    id: `page-${key}`,
    label: t(`nav.${key}`),
    leftSection: <EntryIcon size={18} stroke={1.6} aria-hidden="true" />,
    onClick: () => void navigate({ to: path }),
  }));
  return [...entries, ...own];
}

function useStationActions(): SpotlightActionData[] {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const { demo } = useMe();
  const dark = useComputedColorScheme('light') === 'dark';
  return [
    {
      id: 'scheme',
      label: dark ? t('app.light') : t('app.dark'),
      leftSection: dark ? <IconSun size={18} aria-hidden="true" /> : <IconMoon size={18} aria-hidden="true" />,
      onClick: () => setColorScheme(dark ? 'light' : 'dark'),
    },
    ...LANGUAGES.map((language) => ({
      id: `language-${language}`,
      label: t(`language.${language}`),
      keywords: [t('app.language')],
      leftSection: <IconLanguage size={18} aria-hidden="true" />,
      onClick: () => {
        keepLanguage(language);
        void changeLanguage(language);
      },
    })),
    { id: 'account', label: t('nav.account'), leftSection: <IconUserShield size={18} aria-hidden="true" />, onClick: () => void navigate({ to: '/account' }) },
    { id: 'print', label: t('palettePlus.print'), leftSection: <IconPrinter size={18} aria-hidden="true" />, onClick: printPage },
    ...(demo
      ? [
          { id: 'roles', label: t('app.roles'), leftSection: <IconUsers size={18} aria-hidden="true" />, onClick: openRoles },
          { id: 'tour', label: t('app.tour'), leftSection: <IconRoute size={18} aria-hidden="true" />, onClick: openTour },
        ]
      : []),
    { id: 'lock', label: t('station.lock'), leftSection: <IconLock size={18} aria-hidden="true" />, onClick: lock },
    { id: 'help', label: t('help.open'), leftSection: <IconHelp size={18} aria-hidden="true" />, onClick: openHelp },
    { id: 'sign-out', label: t('app.signOut'), leftSection: <IconLogout size={18} aria-hidden="true" />, onClick: () => void signOut() },
  ];
}

/** After the palette is gone: it would be on the sheet. */
const printPage = (): void => void setTimeout(() => window.print(), 300);
