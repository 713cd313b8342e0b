import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { isTyping } from '../../design/keyboard';
import { Loaded, Panel } from '../../design/Panel';
import { CoverTag, DueText, FlagTag, ShortValue } from './mark.panel';
import { Detail } from './result.panel';
import { standingOut, useAct, useInbox, type Item, type Scope, type State } from './result.resource';
import { SegmentedControl } from '../../design/Segments';
import './results.css';

const SHOWN = 3;

/** What waits to be seen, the most pressing first. j and k move, a acknowledges, c comments, t forwards. */
export default function ResultsPage() {
  const { t } = useTranslation();
  const [scope, setScope] = useState<Scope>('mine');
  const [state, setState] = useState<State>('open');
  const query = useInbox(scope, state);
  const act = useAct();
  const { task } = useSearch({ strict: false }) as { task?: string };
  const [chosen, setChosen] = useState<string | null>(task ?? null);
  const [asked, setAsked] = useState<'comment' | 'forward' | null>(null);
  const items = query.data?.items ?? [];
  // A result stays chosen until a person moves: what arrives above it, or takes it away, must not put another under the hand.
  if (chosen === null && items[0]) setChosen(items[0].task);
  const at = items.findIndex((one) => one.task === chosen);
  const item = items[at];
  const choose = (index: number) => {
    const next = items[Math.max(0, Math.min(index, items.length - 1))];
    if (!next) return;
    setChosen(next.task);
    setAsked(null);
    act.reset();
  };
  const acknowledge = (one: Item) => {
    if (one.state !== 'open' || act.isPending) return;
    const next = items[at + 1] ?? items[at - 1];
    act.mutate({ report: one.report, act: { verb: 'acknowledge' } }, { onSuccess: () => setChosen(next?.task ?? null) });
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || document.querySelector('[role="dialog"]')) return;
      if (event.key === 'j' || event.key === 'ArrowDown') choose(at + 1);
      else if (event.key === 'k' || event.key === 'ArrowUp') choose(Math.max(0, at - 1));
      else if (!item) return;
      else if (event.key === 'a') acknowledge(item);
      else if (event.key === 'c') setAsked('comment');
      else if (event.key === 't') setAsked('forward');
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  return (
    <div className="mh-page mh-results-page">
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('nav.results')}</h1>
        <SegmentedControl label={t('results.whose')} value={scope} change={(value) => {
          setScope(value);
          setChosen(null);
        }} choices={(['mine', 'team'] as const).map((value) => ({ value, label: t(`results.scope.${value}`) }))} />
        <SegmentedControl label={t('common.status')} value={state} change={(value) => {
          setState(value);
          setChosen(null);
        }} choices={(['open', 'done'] as const).map((value) => ({ value, label: t(`results.state.${value}`) }))} />
      </div>
      <Loaded query={query}>
        {({ truncated }) =>
          items.length === 0 ? (
            <Panel title={t(`results.state.${state}`)}><p className="mh-empty">{t(state === 'open' ? 'results.none' : 'results.noneDone')}</p></Panel>
          ) : (
            <div className="mh-results">
              <Panel title={t(`results.list.${state}`)} count={`${items.length}${truncated ? '+' : ''}`} side={<span>{t('results.keys')}</span>} flush>
                <ul className="mh-result-list">
                  {items.map((one, index) => <Line key={one.task} item={one} on={index === at} choose={() => choose(index)} />)}
                </ul>
              </Panel>
              {!item && <Panel title={t(`results.list.${state}`)}><p className="mh-empty" role="status">{t('results.gone')}</p></Panel>}
              {item && <Detail key={item.task} item={item} act={act} asked={asked} ask={setAsked} acknowledge={() => acknowledge(item)} />}
            </div>
          )
        }
      </Loaded>
    </div>
  );
}

function Line({ item, on, choose }: { item: Item; on: boolean; choose: () => void }) {
  const { t } = useTranslation();
  const out = standingOut(item.values, SHOWN);
  return (
    <li
      ref={(element) => {
        if (on) element?.scrollIntoView({ block: 'nearest' });
      }}
    >
      <button type="button" aria-current={on || undefined} onClick={choose}>
        <span className="mh-result-line">
          <strong>{item.patientName}</strong>
          <span className="mh-split-side"><CoverTag item={item} />{item.corrected && <span className="mh-tag mh-tag-warn">{t('results.corrected')}</span>}<FlagTag flags={item.flags} /></span>
        </span>
        <span className="mh-result-line"><span>{item.title}</span><span className="mh-quiet"><DateText value={item.date} time /></span></span>
        <span className="mh-result-values">{out.length ? out.map((value) => <ShortValue key={value.observation} value={value} />) : <span className="mh-quiet">{t('results.allNormal')}</span>}</span>
        {item.state === 'open' && item.due && <span><DueText item={item} /></span>}
      </button>
    </li>
  );
}
