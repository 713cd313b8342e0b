import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../design/Confirm';
import { Loaded, Panel } from '../../design/Panel';
import type { Resources } from './board.resource';
import { useClosures, useFrame, type ClosureKind, type ClosureRow } from './blocks.resource';
import { Recurring, recurringBody, type Recurrence } from './recurring.form';
import { ClosureTime } from './recurring.panel';

const KINDS: readonly ClosureKind[] = ['closed', 'absent', 'holiday', 'on-call'];
const OF_ROOM = new Set<ClosureKind>(['closed', 'holiday']);

/** Rooms that are closed, and people who are away. */
export function ClosuresPanel({ resources, from, to }: { resources: Resources | undefined; from: string; to: string }) {
  const { t } = useTranslation();
  const query = useClosures(from, to);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<ClosureRow | null>(null);
  const [hit, setHit] = useState(0);
  const side = <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>{t('theatre.newClosure')}</Button>;
  return (
    <div className="mh-closures">
      <Panel title={t('theatre.closures')} count={query.data?.length} side={side} flush>
        {hit > 0 && <p className="mh-empty mh-warn" role="status">{t('theatre.hit', { count: hit })}</p>}
        <Loaded query={query}>{(rows) => (rows.length ? <Table rows={rows} end={setEnding} /> : <p className="mh-empty">{t('theatre.noClosure')}</p>)}</Loaded>
      </Panel>
      {adding && resources && (
        <ClosureModal
          resources={resources}
          day={from}
          close={() => setAdding(false)}
          done={(count) => {
            setHit(count);
            setAdding(false);
          }}
        />
      )}
      {ending && <EndModal row={ending} close={() => setEnding(null)} />}
    </div>
  );
}

function Table({ rows, end }: { rows: ClosureRow[]; end: (row: ClosureRow) => void }) {
  const { t } = useTranslation();
  return (
    <table className="mh-table">
      <thead><tr><th scope="col">{t('theatre.what')}</th><th scope="col">{t('theatre.kind')}</th><th scope="col">{t('theatre.when')}</th><th scope="col">{t('theatre.reason')}</th><th scope="col" className="mh-tight"><span className="mh-sr">{t('theatre.endClosure')}</span></th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="mh-strong">{row.ofName}</td>
            <td>{t(`theatre.closureKind.${row.kind}`)}</td>
            <td><ClosureTime row={row} /></td>
            <td>{row.reason}</td>
            <td className="mh-tight"><Button size="compact-sm" variant="default" onClick={() => end(row)}>{t('theatre.endClosure')}</Button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function EndModal({ row, close }: { row: ClosureRow; close: () => void }) {
  const { t } = useTranslation();
  const send = useFrame();
  return (
    <Confirm title={t('theatre.endTitle')} action={t('theatre.endClosure')} danger busy={send.isPending} error={send.error} run={() => send.mutate({ method: 'DELETE', path: `theatre/closures/${encodeURIComponent(row.id)}` }, { onSuccess: close })} close={close}>
      <p><strong>{row.ofName}</strong> · {t(`theatre.closureKind.${row.kind}`)} · <ClosureTime row={row} /></p>
    </Confirm>
  );
}

function ClosureModal({ resources, day, close, done }: { resources: Resources; day: string; close: () => void; done: (hit: number) => void }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState({ kind: 'closed' as ClosureKind, of: '', from: `${day}T08:00`, until: `${day}T18:00`, reason: '' });
  const [again, setAgain] = useState<Recurrence | null>(null);
  const send = useFrame<{ id: string; hit?: string[] }>();
  const choices = (OF_ROOM.has(fields.kind) ? resources.rooms : resources.people).map(({ ref, name }) => ({ value: ref, label: name }));
  const of = choices.some(({ value }) => value === fields.of) ? fields.of : (choices[0]?.value ?? '');
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((now) => ({ ...now, [name]: value }));
  };
  const fits = fields.from < fields.until;
  const run = () => send.mutate({ method: 'POST', path: 'theatre/closures', body: { ...fields, ...recurringBody(again), of, reason: fields.reason.trim() } }, { onSuccess: (answer) => done(answer?.hit?.length ?? 0) });
  return (
    <Confirm title={t('theatre.newClosure')} action={t('theatre.save')} blocked={!fits || !of || !fields.reason.trim()} busy={send.isPending} error={send.error} run={run} close={close}>
      <div className="mh-fields">
        <NativeSelect label={t('theatre.kind')} value={fields.kind} onChange={set('kind')} data={KINDS.map((value) => ({ value, label: t(`theatre.closureKind.${value}`) }))} />
        <NativeSelect label={t('theatre.what')} value={of} onChange={set('of')} data={choices} />
        <TextInput type="datetime-local" label={t('theatre.from')} value={fields.from} onChange={set('from')} />
        <TextInput type="datetime-local" label={t('theatre.to')} value={fields.until} onChange={set('until')} error={fits ? undefined : t('theatre.hoursWrong')} />
        <Recurring value={again} change={setAgain} />
        <div className="mh-wide"><TextInput label={t('theatre.reason')} maxLength={200} value={fields.reason} onChange={set('reason')} /></div>
      </div>
      <p className="mh-quiet">{t('theatre.closureHint')}</p>
    </Confirm>
  );
}
