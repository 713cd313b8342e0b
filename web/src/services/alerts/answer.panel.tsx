import { Button, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconCircleCheck, IconEye, IconPhoneOff, IconRun } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Failure } from '../../fhir/http';
import type { Alert, Answer, useAnswer } from './alerts.resource';

const WORDS_MAX = 500;
const ACTS: { said: Answer; Icon: typeof IconEye; look: 'filled' | 'default' | 'subtle'; words: boolean }[] = [
  { said: 'respond', Icon: IconRun, look: 'filled', words: false },
  { said: 'ack', Icon: IconEye, look: 'default', words: false },
  { said: 'pass', Icon: IconPhoneOff, look: 'default', words: false },
  { said: 'resolve', Icon: IconCircleCheck, look: 'default', words: true },
  { said: 'withdraw', Icon: IconArrowBackUp, look: 'subtle', words: true },
];

/** What may be said to an alert; whoever ends it says how. */
export function Answers({ alert, answer }: { alert: Alert; answer: ReturnType<typeof useAnswer> }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Answer | null>(null);
  const [words, setWords] = useState('');
  const said = words.trim();
  const acts = ACTS.filter((act) => alert.may.includes(act.said) && !(act.said === 'respond' && alert.state === 'responding'));
  const close = () => {
    setAsked(null);
    setWords('');
  };
  return (
    <>
      <div className="mh-alert-acts">
        {acts.map(({ said: one, Icon, look, words: wants }) => (
          <Button key={one} size="md" variant={look} leftSection={<Icon size={18} aria-hidden="true" />} loading={answer.isPending && answer.variables.said === one} aria-expanded={wants ? asked === one : undefined} onClick={() => (wants ? setAsked(asked === one ? null : one) : answer.mutate({ alert, said: one }))}>
            {t(`alerts.say.${one}`)}
          </Button>
        ))}
      </div>
      {asked && (
        <form
          className="mh-alert-words"
          onSubmit={(event) => {
            event.preventDefault();
            if (said) answer.mutate({ alert, said: asked, comment: said }, { onSuccess: close });
          }}
        >
          <Textarea autoFocus label={t(asked === 'withdraw' ? 'alerts.whyWithdraw' : 'alerts.how')} autosize minRows={2} maxRows={6} maxLength={WORDS_MAX} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
          <div className="mh-actions mh-actions-end">
            <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
            <Button type="submit" disabled={!said} loading={answer.isPending}>{t('alerts.end')}</Button>
          </div>
        </form>
      )}
      {answer.isError && <Told error={answer.error} />}
    </>
  );
}

/** Somebody was faster: it has been read anew already. */
function Told({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error instanceof Failure && error.status === 412) return <p className="mh-notice mh-notice-warn" role="alert">{t('alerts.faster')}</p>;
  return <FailureNotice error={error} />;
}
