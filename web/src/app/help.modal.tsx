import { Kbd, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '../design/keyboard';
import { onCommand } from './commands';

/** `?`: the keys of the app. */
export default function Help() {
  const { t } = useTranslation();
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
  const keys: [string[], string][] = [
    [['Ctrl', 'K'], t('help.palette')],
    [['/'], t('help.search')],
    [['Ctrl', 'L'], t('help.lock')],
    [['↑', '↓'], t('help.move')],
    [['Enter'], t('help.choose')],
    [['Esc'], t('help.close')],
    [['Tab'], t('help.next')],
    [['?'], t('help.this')],
  ];
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
    </Modal>
  );
}
