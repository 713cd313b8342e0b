import { IconAlertOctagon, IconCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../design/Panel';
import { num } from '../core/entry.resource';
import { fieldWord, valueWord } from '../core/words.resource';
import { COUNTED } from './counts';
import type { NursingRecord } from './nursing.resource';

/** The counts as they stand: what must be there, what was found last, and what differs. */
export function Counts({ counts }: { counts: NursingRecord['counts'] }) {
  const { t } = useTranslation();
  const { expected, last, state } = counts;
  return (
    <Panel title={t('peri.counts.title')} side={<CountState state={state} />} flush>
      {state === 'none' ? <p className="mh-empty">{t('peri.counts.none')}</p> : (
        <table className="mh-table mh-peri-counts">
          <thead>
            <tr>
              <th scope="col"><span className="mh-sr">{t('peri.counts.thing')}</span></th>
              <th scope="col" className="mh-num">{t('peri.counts.expected')}</th>
              <th scope="col" className="mh-num">{last ? valueWord(last.phase) : t('peri.counts.last')}</th>
              <th scope="col" className="mh-num">{t('peri.counts.difference')}</th>
            </tr>
          </thead>
          <tbody>
            {COUNTED.map((thing) => {
              const [must, is] = [num(expected[thing]) ?? 0, last ? num(last[thing]) : null];
              const by = is === null ? null : is - must;
              return (
                <tr key={thing} data-off={(by !== null && by !== 0) || undefined}>
                  <th scope="row">{fieldWord(thing)}</th>
                  <td className="mh-num">{must}</td>
                  <td className="mh-num">{is ?? '–'}</td>
                  <td className="mh-num">{by === null ? '–' : by === 0 ? '0' : <strong>{by > 0 ? `+${by}` : `\u2212${-by}`}</strong>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function CountState({ state }: { state: NursingRecord['counts']['state'] }) {
  const { t } = useTranslation();
  const text = t(`peri.counts.state.${state}`);
  if (state === 'mismatch') return <span className="mh-tag mh-tag-stop"><IconAlertOctagon size={14} aria-hidden="true" />{text}</span>;
  if (state === 'decided') return <span className="mh-tag mh-tag-warn"><IconAlertOctagon size={14} aria-hidden="true" />{text}</span>;
  if (state === 'matched') return <span className="mh-tag mh-tag-ok"><IconCheck size={14} aria-hidden="true" />{text}</span>;
  return <span className="mh-tag"><IconCircleDashed size={14} aria-hidden="true" />{text}</span>;
}
