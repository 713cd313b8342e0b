import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices } from '../../design/Choices';
import { FailureNotice } from '../../design/FailureNotice';
import type { Resources, Waiting } from './board.resource';
import { refusalIn } from './change.resource';
import { MoveTable, SpotText } from './moves.panel';
import { useInsert, useInsertion } from './optimise.resource';
import { Conflicts } from './verdict.panel';

const RANK: Record<string, number> = { immediate: 0, urgent: 1, soon: 2, elective: 3 };
const SHOWN = 6;

/** Where an emergency goes with the least disturbance: what moves is said before anything does. */
export default function EmergencyModal({ waiting, rooms, close }: { waiting: Waiting[]; rooms: Resources['rooms']; close: () => void }) {
  const { t } = useTranslation();
  const cases = [...waiting].sort((a, b) => (RANK[a.urgency ?? ''] ?? 3) - (RANK[b.urgency ?? ''] ?? 3)).slice(0, SHOWN);
  const [chosen, setChosen] = useState(cases[0]?.case ?? '');
  const [minutes, setMinutes] = useState('');
  const ask = useInsertion();
  const apply = useInsert();
  const refused = refusalIn(apply.error);
  const found = ask.data;
  return (
    <Modal opened onClose={close} title={t('theatre.emergencyTitle')} size={760} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {cases.length === 0 ? (
        <p className="mh-empty">{t('theatre.noWaiting')}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            apply.reset();
            ask.mutate({ case: chosen, ...(Number(minutes) > 0 ? { minutes: Number(minutes) } : {}) });
          }}
        >
          <Choices
            one
            legend={t('theatre.whichCase')}
            chosen={[chosen]}
            change={([one]) => {
              ask.reset();
              setChosen(one ?? '');
            }}
            choices={cases.map((one) => ({ value: one.case, label: `${one.patient?.name ?? t('theatre.busy')} · ${one.act ?? ''}`, hint: [t(`theatre.urgency.${one.urgency ?? 'elective'}` as 'theatre.urgency.urgent'), one.side && t(`theatre.side.${one.side}`), t('theatre.minutes', { minutes: one.minutes })].filter(Boolean).join(' · ') }))}
          />
          <div className="mh-row mh-emergency-ask">
            <TextInput type="number" min={5} step={5} label={t('theatre.otherLength')} value={minutes} onChange={(event) => setMinutes(event.currentTarget.value)} />
            <Button type="submit" loading={ask.isPending}>{t('theatre.findPlace')}</Button>
          </div>
        </form>
      )}
      {ask.isError && <FailureNotice error={ask.error} />}
      {found && (
        <div role="status">
          {found.at ? <p className="mh-emergency-at"><strong><SpotText spot={found.at} rooms={rooms} /></strong> <span className="mh-quiet">{t('theatre.disturbs', { count: found.moves.filter(({ from }) => from).length })}</span></p> : <p className="mh-warn">{t('theatre.noPlace')}</p>}
          <MoveTable moves={found.moves} rooms={rooms} />
        </div>
      )}
      {apply.isError && (refused ? <Conflicts conflicts={refused.conflicts} /> : <FailureNotice error={apply.error} />)}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
        <Button disabled={!found?.at} loading={apply.isPending} onClick={() => found && apply.mutate(found.proposal, { onSuccess: close })}>{t('theatre.insert')}</Button>
      </div>
    </Modal>
  );
}
