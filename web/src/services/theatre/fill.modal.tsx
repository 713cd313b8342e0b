import { Button, Checkbox, Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import type { Board } from './board.resource';
import { refusalIn } from './change.resource';
import { gapsOf, useFilling, useProposals, type Gap, type Proposal } from './fill.resource';
import { SideTag } from './mark.panel';
import { Conflicts } from './verdict.panel';

interface FillProps { board: Board; day: string; now: number; close: () => void }

/** A free stretch of the day, and the waiting cases that fit into it one after the other: nothing is booked before one says so. */
export default function FillModal({ board, day, now, close }: FillProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  // What was free when it was opened: a plan that changes meanwhile must not move the choice under the hand.
  const [gaps] = useState(() => gapsOf(board, day, now));
  const [at, setAt] = useState(0);
  const gap = gaps[at] ?? null;
  const query = useProposals(gap);
  const hour = (ms: number) => formatTime(new Date(ms).toISOString(), language) ?? '';
  const said = (one: Gap) => [one.roomName, `${hour(one.from)} – ${hour(one.until)}`, one.owner].filter(Boolean).join(' · ');
  return (
    <Modal opened onClose={close} title={t('theatre.fillTitle')} size={680} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {gaps.length ? (
        <>
          <NativeSelect data-autofocus label={t('theatre.fillWhere')} value={String(at)} onChange={(event) => setAt(Number(event.currentTarget.value))} data={gaps.map((one, index) => ({ value: String(index), label: said(one) }))} />
          <Loaded query={query}>{(proposals) => <Proposals key={`${gap?.room}${gap?.from}`} room={gap?.room ?? ''} proposals={proposals} close={close} />}</Loaded>
        </>
      ) : (
        <p className="mh-empty">{t('theatre.fillNoGap')}</p>
      )}
    </Modal>
  );
}

function Proposals({ room, proposals, close }: { room: string; proposals: Proposal[]; close: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const filling = useFilling();
  const refused = refusalIn(filling.error);
  const chosen = proposals.filter((one) => !left.has(one.case.case));
  const toggle = (id: string) => setLeft((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  if (!proposals.length) return <p className="mh-empty">{t('theatre.fillNobody')}</p>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        filling.mutate({ room, chosen }, { onSuccess: close });
      }}
    >
      <ul className="mh-fill">
        {proposals.map((one) => (
          <li key={one.case.case}>
            <Checkbox
              checked={!left.has(one.case.case)}
              onChange={() => toggle(one.case.case)}
              label={<><strong>{formatTime(one.start, language)} – {formatTime(one.end, language)}</strong> {one.case.patient?.name ?? t('theatre.busy')}</>}
              description={<>{[one.case.act, one.case.surgeon?.name, (one.case.late ?? 0) > 0 && t('theatre.late', { count: one.case.late ?? 0 })].filter(Boolean).join(' · ')} <SideTag side={one.case.side} small /></>}
            />
          </li>
        ))}
      </ul>
      {refused && <Conflicts conflicts={refused.conflicts} />}
      {filling.isError && !refused && <FailureNotice error={filling.error} />}
      <div className="mh-actions mh-actions-end">
        <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
        <Button type="submit" disabled={!chosen.length} loading={filling.isPending}>{t('theatre.fillIt', { count: chosen.length })}</Button>
      </div>
    </form>
  );
}
