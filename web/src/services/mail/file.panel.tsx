import { Button } from '@mantine/core';
import { IconExternalLink, IconRotateClockwise } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../design/address';
import { Loaded, Panel } from '../../design/Panel';
import { useFile, type Letter } from './mail.resource';

/** The page itself, as it came. */
export function FilePanel({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  const query = useFile(letter.id);
  const address = useAddress(query.data, letter.media);
  const [turned, setTurned] = useState(0);
  const picture = letter.media !== 'application/pdf';
  const side = (
    <>
      {picture && <Button size="compact-sm" variant="default" leftSection={<IconRotateClockwise size={14} aria-hidden="true" />} onClick={() => setTurned((turned + 90) % 360)}>{t('mail.turn')}</Button>}
      {address && <Button component="a" href={address} target="_blank" rel="noopener" size="compact-sm" variant="default" leftSection={<IconExternalLink size={14} aria-hidden="true" />}>{t('mail.tab')}</Button>}
    </>
  );
  return (
    <Panel title={letter.name || t('mail.unnamed')} side={side} flush>
      <Loaded query={query}>
        {() => {
          if (!address) return null;
          if (picture) return <div className="mh-mail-picture" tabIndex={0} role="group" aria-label={t('mail.page')}><img src={address} alt={t('mail.page')} style={{ rotate: `${turned}deg` }} /></div>;
          if (!navigator.pdfViewerEnabled) return <p className="mh-notice">{t('mail.noViewer')}</p>;
          // A sandbox would keep the browser's viewer out. The type is ours: no page can come of these bytes.
          // oxlint-disable-next-line react/iframe-missing-sandbox
          return <iframe className="mh-mail-frame" src={`${address}#navpanes=0&view=FitH`} title={t('mail.page')} />;
        }}
      </Loaded>
    </Panel>
  );
}
