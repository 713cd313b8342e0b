import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { FilingForm } from './filing.form';
import { useLetter, useMove, type Letter } from './mail.resource';

/** What was read, and where the letter goes. */
export function FilingPanel({ letter, done }: { letter: Letter; done: () => void }) {
  const { t } = useTranslation();
  const query = useLetter(letter);
  const [asking, setAsking] = useState(false);
  const discard = useMove(letter.id, 'discard');
  const restore = useMove(letter.id, 'restore');
  if (letter.state === 'discarded') {
    return (
      <Panel title={t('mail.away')}>
        <p>{t('mail.awayFor')}</p>
        {restore.isError && <FailureNotice error={restore.error} />}
        <Button loading={restore.isPending} onClick={() => restore.mutate(letter.version, { onSuccess: done })}>{t('mail.restore')}</Button>
      </Panel>
    );
  }
  return (
    <Panel title={t('mail.fileIt')} side={<Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>{t('mail.discard')}</Button>}>
      <Loaded query={query}>
        {(opened) => (
          <>
            <FilingForm key={opened.version} letter={opened} done={done} />
            {opened.text && (
              <details className="mh-mail-text">
                <summary>{opened.confidence === undefined ? t('mail.text') : t('mail.textSure', { sure: opened.confidence })}</summary>
                <pre tabIndex={0}>{opened.text}</pre>
              </details>
            )}
          </>
        )}
      </Loaded>
      {asking && (
        <Confirm title={t('mail.discardTitle')} action={t('mail.discard')} danger busy={discard.isPending} error={discard.error} close={() => setAsking(false)} run={() => discard.mutate(letter.version, { onSuccess: () => { setAsking(false); done(); } })}>
          <p>{t('mail.discardTold')}</p>
        </Confirm>
      )}
    </Panel>
  );
}
