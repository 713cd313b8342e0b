import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryForm } from '../core/entry.form';
import type { Kind, Values } from '../core/entry.resource';
import type { Surgery } from '../core/surgery.resource';
import { COUNTED } from './counts';
import { LiveDifference } from './difference.panel';
import { BodyPicker } from './figure.panel';
import { shownFields } from './kinds';
import type { NursingRecord } from './nursing.resource';

const WHERE: Record<string, string> = { plate: 'site', drain: 'site', specimen: 'site', skin: 'area' };

/** What is likely is filled in; a count never is: it is counted. */
function firstValues(kind: Kind, { counts, tourniquets }: NursingRecord): Values {
  if (kind.kind === 'count') return { phase: counts.state === 'none' ? 'before' : undefined };
  if (kind.kind === 'tourniquet') {
    const tied = tourniquets.find(({ off }) => off === null);
    return tied ? { action: 'off', site: tied.site } : { action: 'on' };
  }
  return {};
}

interface NursingFormProps { surgery: Surgery; kind: Kind; record: NursingRecord; close: () => void }

export function NursingForm({ surgery, kind, record, close }: NursingFormProps) {
  const { t } = useTranslation();
  const [placed, setPlaced] = useState<{ word: string; turn: number }>({ word: '', turn: 0 });
  const where = WHERE[kind.kind];
  const expected = record.counts.expected;
  const hints = kind.kind === 'count' && record.counts.state !== 'none' ? Object.fromEntries(COUNTED.map((thing) => [thing, t('peri.counts.expectedHere', { n: expected[thing] ?? 0 })])) : {};
  return (
    <div className={where ? 'mh-peri-with-body' : undefined}>
      <EntryForm
        sheet="perioperative"
        surgery={surgery.id}
        kind={kind}
        first={firstValues(kind, record)}
        hints={hints}
        shown={shownFields(kind, expected)}
        put={where && placed.turn ? { name: where, value: placed.word, turn: placed.turn } : undefined}
        renderLive={kind.kind === 'count' ? (values) => <LiveDifference expected={expected} values={values} /> : undefined}
        done={close}
        cancel={close}
      />
      {where && <BodyPicker chosen={placed.word} pick={(word) => setPlaced(({ turn }) => ({ word, turn: turn + 1 }))} />}
    </div>
  );
}
