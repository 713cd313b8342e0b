import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { today } from '../../datatypes/Date/today';
import { Confirm } from '../../design/Confirm';
import { faultOf } from '../../design/faults';
import type { Resources } from './board.resource';
import { hoursFit, useFrame, type Vacation, type Weeks } from './blocks.resource';

export interface BlockDraft { vacation?: Vacation; room?: string; weekday?: number }

const WEEKS: readonly Weeks[] = ['all', 'odd', 'even'];
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const RELEASE_DAYS = '7';

/** A new vacation, or a change of one, for every week that it is held. */
export function BlockModal({ draft: { vacation, room, weekday }, resources, close }: { draft: BlockDraft; resources: Resources; close: () => void }) {
  const { t } = useTranslation();
  const surgeons = resources.people.filter(({ roles }) => roles.includes('surgeon'));
  const [fields, setFields] = useState({
    room: vacation?.room ?? room ?? resources.rooms[0]?.ref ?? '',
    owner: vacation?.owner ?? surgeons[0]?.ref ?? '',
    weekday: String(vacation?.weekday ?? weekday ?? 1),
    from: vacation?.from ?? '08:00',
    until: vacation?.until ?? '13:00',
    weeks: vacation?.weeks ?? 'all',
    release: String(vacation?.release ?? RELEASE_DAYS),
    starts: vacation?.starts ?? today(),
    ends: vacation?.ends ?? '',
  });
  const send = useFrame();
  const set = (name: keyof typeof fields) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setFields((now) => ({ ...now, [name]: value }));
  };
  const fits = hoursFit(fields.from, fields.until);
  const body = { room: fields.room, owner: fields.owner, weekday: Number(fields.weekday), from: fields.from, until: fields.until, weeks: fields.weeks, release: Number(fields.release), starts: fields.starts, ...(fields.ends ? { ends: fields.ends } : {}) };
  const run = () =>
    send.mutate(vacation ? { method: 'PUT', path: `theatre/blocks/${encodeURIComponent(vacation.id)}`, body: { version: vacation.version, ...body } } : { method: 'POST', path: 'theatre/blocks', body }, { onSuccess: close });
  const known = fields.owner && !surgeons.some(({ ref }) => ref === fields.owner) && vacation ? [{ value: vacation.owner, label: vacation.ownerName }] : [];
  return (
    <Confirm title={t(vacation ? 'theatre.editBlock' : 'theatre.newBlock')} action={t('theatre.save')} blocked={!fits || !fields.room || !fields.owner} busy={send.isPending} error={send.error} run={run} close={close}>
      <div className="mh-fields">
        <NativeSelect label={t('theatre.room')} value={fields.room} onChange={set('room')} error={faultOf(send.error, 'room')} data={resources.rooms.map(({ ref, name }) => ({ value: ref, label: name }))} />
        <NativeSelect label={t('theatre.owner')} value={fields.owner} onChange={set('owner')} error={faultOf(send.error, 'owner')} data={[...known, ...surgeons.map(({ ref, name }) => ({ value: ref, label: name }))]} />
        <NativeSelect label={t('theatre.day')} value={fields.weekday} onChange={set('weekday')} data={DAYS.map((day) => ({ value: String(day), label: t(`theatre.weekday.${day}`) }))} />
        <NativeSelect label={t('theatre.which')} value={fields.weeks} onChange={set('weeks')} data={WEEKS.map((value) => ({ value, label: t(`theatre.weeks.${value}`) }))} />
        <TextInput type="time" label={t('theatre.begins')} value={fields.from} onChange={set('from')} />
        <TextInput type="time" label={t('theatre.ends')} value={fields.until} onChange={set('until')} error={fits ? undefined : t('theatre.hoursWrong')} />
        <TextInput type="date" label={t('theatre.firstDay')} value={fields.starts} onChange={set('starts')} />
        <TextInput type="date" label={t('theatre.lastDay')} value={fields.ends} onChange={set('ends')} />
        <TextInput type="number" min={0} max={60} label={t('theatre.releaseDays')} value={fields.release} onChange={set('release')} />
      </div>
    </Confirm>
  );
}
