import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import { isTyping } from '../../design/keyboard';
import { Loaded, Panel } from '../../design/Panel';
import { SegmentedControl } from '../../design/Segments';
import { useMe } from '../../fhir/session';
import { useLive } from '../../fhir/live';
import { Acts, type Asked } from './act.panel';
import { Comments } from './comments.panel';
import { DueMark, RolesText, StepMark, useTitles } from './step-mark.panel';
import { firstScope, nextOf, placeOf, useAct, useWholeInbox, type Scope, type Step } from './step.resource';
import './workflow.css';

const WATCHED = ['Task'] as const;

/** What waits to be done, the most pressing first. j and k move, x completes, p takes, c comments, s skips. */
export default function InboxPage() {
  const { t } = useTranslation();
  const [scope, setScope] = useState<Scope>(firstScope(useMe().roles));
  const query = useWholeInbox(scope);
  const queries = useQueryClient();
  const navigate = useNavigate();
  useLive(WATCHED, () => void queries.invalidateQueries({ queryKey: ['workflow'] }));
  const act = useAct();
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const steps = query.data?.items ?? [];
  const [moved, setMoved] = useState(false);
  // A step stays chosen until a person moves: what arrives above it, or takes it away, must not put another under the hand.
  if (chosen === null && steps[0]) setChosen(steps[0].id);
  const at = steps.findIndex(({ id }) => id === chosen);
  const step = steps[at];
  const choose = (id: string | null | undefined) => {
    if (!id) return;
    setChosen(id);
    setMoved(true);
    setAsked(null);
    act.reset();
  };
  const more = () => {
    if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
  };
  const follow = (one: Step) => setChosen(nextOf(steps, one.id));
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || document.querySelector('[role="dialog"]')) return;
      const may = (verb: Step['may'][number]) => step?.may.includes(verb) === true;
      const free = !act.isPending;
      if (event.key === 'j' || event.key === 'ArrowDown') {
        choose(steps[at + 1]?.id);
        if (at === steps.length - 1) more();
      }
      else if (event.key === 'k' || event.key === 'ArrowUp') choose(steps[Math.max(0, at - 1)]?.id);
      else if (!step) return;
      else if (event.key === 'Enter' && event.target === document.body) void navigate({ to: placeOf(step) });
      else if (event.key === 'x' && free && may('complete')) act.mutate({ step, verb: 'complete' }, { onSuccess: () => follow(step) });
      else if (event.key === 'p' && free && may('claim')) act.mutate({ step, verb: 'claim' });
      else if (event.key === 'c' && may('comment')) setAsked('comment');
      else if (event.key === 's' && may('skip')) setAsked('skip');
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  return (
    <div className="mh-page mh-workflow-page">
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('nav.workflow')}</h1>
        <SegmentedControl label={t('workflow.whose')} value={scope} change={(value) => {
          setScope(value);
          setChosen(null);
        }} choices={(['mine', 'team'] as const).map((value) => ({ value, label: t(`workflow.scope.${value}`) }))} />
      </div>
      <Loaded query={query}>
        {({ total, truncated }) =>
          steps.length === 0 ? (
            <Panel title={t(`workflow.scope.${scope}`)}><p className="mh-empty">{t('workflow.none')}</p></Panel>
          ) : (
            <div className="mh-workflow">
              <Panel title={t('workflow.list')} count={t('workflow.shownOf', { shown: steps.length, total: `${total}${truncated ? '+' : ''}` })} side={<span className="mh-workflow-keys">{t('workflow.keys')}</span>} flush>
                <ul className="mh-workflow-list">{steps.map((one, index) => <Line key={one.id} step={one} on={index === at} choose={() => choose(one.id)} />)}</ul>
                {query.hasNextPage && <div className="mh-workflow-more"><Button variant="default" fullWidth loading={query.isFetchingNextPage} onClick={more}>{t('common.more')}</Button></div>}
              </Panel>
              {!step && <Panel title={t('workflow.list')}><p className="mh-empty" role="status">{t('workflow.gone')}</p></Panel>}
              {step && <Detail key={step.id} moved={moved} step={step} act={act} asked={asked} ask={setAsked} done={() => follow(step)} />}
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

function Line({ step, on, choose }: { step: Step; on: boolean; choose: () => void }) {
  const titleOf = useTitles();
  return (
    <li
      ref={(element) => {
        if (on) element?.scrollIntoView({ block: 'nearest' });
      }}
    >
      <button type="button" aria-current={on || undefined} onClick={choose}>
        <span className="mh-workflow-line"><strong>{titleOf(step)}</strong>{step.state === 'claimed' && <StepMark state={step.state} />}</span>
        <span className="mh-workflow-line"><span>{step.patientName}</span><DueMark due={step.due} risk={step.risk} /></span>
        {step.act && <span className="mh-quiet">{step.act} <SideMark side={step.side ?? null} /></span>}
      </button>
    </li>
  );
}

interface DetailProps { moved: boolean; step: Step; act: ReturnType<typeof useAct>; asked: Asked | null; ask: (asked: Asked | null) => void; done: () => void }

function Detail({ moved, step, act, asked, ask, done }: DetailProps) {
  const { t } = useTranslation();
  const titleOf = useTitles();
  return (
    <Panel title={titleOf(step)}>
      {/* On a telephone the step stands above the list that it was chosen from. */}
      <p ref={(element) => { if (moved) element?.scrollIntoView({ block: 'nearest' }); }} className="mh-workflow-who"><Link to={`/patients/${step.patient}`}>{step.patientName ?? t('common.unnamed')}</Link></p>
      {step.act && <p>{step.act} <SideMark side={step.side ?? null} /></p>}
      <p className="mh-quiet">{t(`workflow.template.${step.template as 'surgery-approval'}`)} · <Link to={`/surgeries/${step.case}/approvals`}>{t('workflow.allSteps')}</Link></p>
      <dl className="mh-workflow-facts">
        <dt>{t('common.status')}</dt><dd><StepMark state={step.state} /></dd>
        <dt>{t('workflow.until')}</dt><dd><DueMark due={step.due} risk={step.risk} /></dd>
        <dt>{t('workflow.who')}</dt><dd><RolesText roles={step.roles} />{step.owner?.name && <> · {step.owner.name}</>}</dd>
        {step.reach !== 'owner' && <><dt>{t('workflow.why')}</dt><dd>{t(`workflow.reach.${step.reach}`)}</dd></>}
      </dl>
      <Acts step={step} act={act} asked={asked} ask={ask} done={done} />
      <Comments step={step} />
    </Panel>
  );
}
