import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LOINC, codeIn, conceptText } from '../../datatypes/CodeableConcept/concept';
import { Choices } from '../../design/Choices';
import { Confirm } from '../../design/Confirm';
import { Skeletons } from '../../design/Panel';
import { codeText } from '../../i18n/code';
import { readEntry, type Loose } from './entry.resource';
import { leftAlone, useRound, withdrawn } from './withdraw.resource';

interface MistakeProps { type: string; id: string; label: string; close: () => void; done: (reason: string, read: () => Promise<Loose[]>) => void }

/** A reason in words, and how much of what was measured together goes. */
export function MistakeModal({ type, id, label, done, close }: MistakeProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [whole, setWhole] = useState(false);
  const round = useRound(type, id);
  const asked = type === 'Observation';
  const rest = round.data ? leftAlone(round.data) : [];
  const told = reason.trim();
  const run = () => done(told, async () => (round.data ? withdrawn(round.data, whole) : [await readEntry(type, id)]));
  return (
    <Confirm title={t('act.mistakeTitle')} action={t('act.mistake')} danger blocked={told.length < 3 || (asked && round.isPending)} busy={false} error={round.error} run={run} close={close}>
      <p>{t('act.mistakeWhat', { label })}</p>
      {asked && round.isPending && <Skeletons />}
      {rest.length > 0 && (
        <Choices
          one
          legend={t('act.mistakeRound')}
          choices={[
            { value: 'one', label: t('act.mistakeOne') },
            { value: 'whole', label: t('act.mistakeWhole', { count: rest.length + 1 }), hint: rest.map((one) => codeText('vital', codeIn(one.code, LOINC) ?? '', conceptText(one.code))).join(', ') },
          ]}
          chosen={[whole ? 'whole' : 'one']}
          change={([value]) => setWhole(value === 'whole')}
        />
      )}
      <Textarea label={t('act.reason')} required value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} maxRows={6} />
    </Confirm>
  );
}
