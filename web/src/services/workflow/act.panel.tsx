import { Button, Textarea } from '@mantine/core';
import { IconArrowRight, IconCheck, IconHandGrab, IconHandOff, IconMessage, IconPlayerSkipForward } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Failure } from '../../fhir/http';
import { placeOf, type Step, type useAct, type Verb } from './step.resource';

const TEXT_MAX = 1000;
export type Asked = 'complete' | 'skip' | 'comment';

interface ActsProps { step: Step; act: ReturnType<typeof useAct>; asked: Asked | null; ask: (asked: Asked | null) => void; done: () => void; bare?: boolean }

/** What may be done with a step; a step that is skipped says why. */
export function Acts({ step, act, asked, ask, done, bare = false }: ActsProps) {
  const { t } = useTranslation();
  const may = (verb: Verb) => step.may.includes(verb);
  const run = (verb: Verb) => act.mutate({ step, verb }, verb === 'complete' ? { onSuccess: done } : undefined);
  return (
    <>
      <div className="mh-workflow-acts">
        {!bare && <Button component={Link} {...({ to: placeOf(step) } as object)} variant="default" leftSection={<IconArrowRight size={16} aria-hidden="true" />}>{t(`workflow.opens.${step.opens?.kind ?? 'chart'}`)}</Button>}
        {may('complete') && <Button leftSection={<IconCheck size={16} aria-hidden="true" />} loading={act.isPending} onClick={() => run('complete')}>{t('workflow.complete')}</Button>}
        {may('claim') && <Button variant="default" leftSection={<IconHandGrab size={16} aria-hidden="true" />} disabled={act.isPending} onClick={() => run('claim')}>{t('workflow.claim')}</Button>}
        {may('release') && <Button variant="default" leftSection={<IconHandOff size={16} aria-hidden="true" />} disabled={act.isPending} onClick={() => run('release')}>{t('workflow.release')}</Button>}
        {may('complete') && <Button variant="subtle" leftSection={<IconMessage size={16} aria-hidden="true" />} aria-expanded={asked === 'complete'} onClick={() => ask(asked === 'complete' ? null : 'complete')}>{t('workflow.completeWith')}</Button>}
        {may('comment') && <Button variant="subtle" leftSection={<IconMessage size={16} aria-hidden="true" />} aria-expanded={asked === 'comment'} onClick={() => ask(asked === 'comment' ? null : 'comment')}>{t('workflow.comment')}</Button>}
        {may('skip') && <Button variant="subtle" leftSection={<IconPlayerSkipForward size={16} aria-hidden="true" />} aria-expanded={asked === 'skip'} onClick={() => ask(asked === 'skip' ? null : 'skip')}>{t('workflow.skip')}</Button>}
      </div>
      {act.isError && <Told error={act.error} />}
      {asked && <Words key={asked} asked={asked} step={step} act={act} close={() => ask(null)} done={done} />}
    </>
  );
}

/** Somebody was faster: the list has been read anew already. */
function Told({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error instanceof Failure && error.status === 412) return <p className="mh-notice mh-notice-warn" role="alert">{t('workflow.faster')}</p>;
  return <FailureNotice error={error} />;
}

interface WordsProps { asked: Asked; step: Step; act: ReturnType<typeof useAct>; close: () => void; done: () => void }

function Words({ asked, step, act, close, done }: WordsProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const words = text.trim();
  const send = () => {
    const said = asked === 'skip' ? { reason: words } : { comment: words };
    act.mutate({ step, verb: asked, ...said }, {
      onSuccess: () => {
        close();
        if (asked !== 'comment') done();
      },
    });
  };
  return (
    <form
      className="mh-workflow-words"
      onSubmit={(event) => {
        event.preventDefault();
        if (words) send();
      }}
    >
      <Textarea data-autofocus autoFocus label={t(`workflow.words.${asked}`)} autosize minRows={2} maxRows={8} maxLength={TEXT_MAX} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
        <Button type="submit" loading={act.isPending} disabled={!words}>{t(`workflow.send.${asked}`)}</Button>
      </div>
    </form>
  );
}
