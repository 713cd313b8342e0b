import { Button, Kbd, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { onCommand, openTour } from '../design/commands';
import { isTyping } from '../design/keyboard';
import { useMe } from '../fhir/session';
import { rooms } from './rooms';

/** `?`: the keys of the app, those of its rooms among them. */
export default function Help() {
  const { t } = useTranslation();
  const { demo } = useMe();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const open = () => setOpened(true);
    const press = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) open();
    };
    document.addEventListener('keydown', press);
    const stop = onCommand('help', open);
    return () => {
      document.removeEventListener('keydown', press);
      stop();
    };
  }, []);
  const keys: [readonly string[], string][] = [
    [['Ctrl', 'K'], t('help.palette')],
    [['/'], t('help.search')],
    [['↑', '↓'], t('help.move')],
    [['Enter'], t('help.choose')],
    [['Shift', 'Enter'], t('help.allResults')],
    ...rooms.flatMap((room) => (room.keys ?? []).map((slot): [readonly string[], string] => [slot.keys, slot.label()])),
    [['Ctrl', 'L'], t('help.lock')],
    [['Ctrl', 'P'], t('help.print')],
    [['Tab'], t('help.next')],
    [['Esc'], t('help.close')],
    [['?'], t('help.this')],
  ];
  const tour = () => {
    setOpened(false);
    openTour();
  };
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title={t('help.title')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <table className="mh-table">
        <tbody>
          {keys.map(([names, meaning]) => (
            <tr key={meaning}>
              <td className="mh-tight">
                <span className="mh-inline">
                  {names.map((name) => (
                    <Kbd key={name}>{name}</Kbd>
                  ))}
                </span>
              </td>
              <td>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {demo && <Button mt="sm" variant="default" onClick={tour}>{t('app.tour')}</Button>}
    </Modal>
  );
}
