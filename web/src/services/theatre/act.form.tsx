import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { Failure } from '../../fhir/http';
import { useSend } from '../../fhir/verbs';
import { ACTS, KINDS, needsOf, type Act, type Acts, type Need, type NeedKind } from './acts.resource';

interface FormProps { act: Act | null; acts: Acts; done: (act: Act) => void; close: () => void }

const OTHER = '';
const COUNT_MAX = 20;

/** The needs of one act, set whole. */
export function ActForm({ act, acts, done, close }: FormProps) {
  const { t } = useTranslation();
  const [known, setKnown] = useState(acts.known[0]?.code ?? OTHER);
  const chosen = acts.known.find(({ code }) => code === known);
  const [fields, setFields] = useState({ code: '', display: act?.display ?? '' });
  const [rows, setRows] = useState<Need[]>(act?.needs.length ? act.needs : [{ kind: 'capability', what: '', count: 1 }]);
  const queries = useQueryClient();
  const send = useSend<Act>(ACTS);
  // A new act that has a definition already is a 409 as well; the server's own sentence says so.
  const overtaken = act !== null && send.error instanceof Failure && (send.error.status === 409 || send.error.status === 412);
  const change = (make: (all: Need[]) => Need[]) => {
    send.reset();
    setRows(make);
  };
  const named = act ?? (chosen ? { ...chosen, display: chosen.display || chosen.code } : { system: null, code: fields.code.trim(), display: fields.display.trim() });
  const display = act ? fields.display.trim() : named.display;
  const save = () => {
    const body = { display, needs: needsOf(rows) };
    const asked = act ? { method: 'PUT' as const, path: `theatre/acts/${act.id}`, body: { version: act.version, ...body } } : { method: 'POST' as const, path: 'theatre/acts', body: { code: named.code, ...(named.system ? { system: named.system } : {}), ...body } };
    send.mutate(asked, {
      onSuccess: (kept) => kept && done(kept),
      // Their version then stands in the list beside what was typed here, and is the one that the next saving replaces.
      onError: () => void queries.invalidateQueries({ queryKey: [ACTS] }),
    });
  };
  return (
    <Panel title={act ? `${act.code}` : t('theatre.acts.add')} side={<Button size="compact-sm" variant="default" onClick={close}>{t('common.close')}</Button>}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {!act && <NativeSelect label={t('theatre.acts.choose')} value={known} onChange={(event) => setKnown(event.currentTarget.value)} data={[...acts.known.map(({ code, display: label }) => ({ value: code, label: `${label} (${code})` })), { value: OTHER, label: t('theatre.acts.other') }]} />}
        {!act && !chosen && <TextInput mt={8} label={t('theatre.acts.code')} maxLength={60} value={fields.code} onChange={(event) => setFields({ ...fields, code: event.currentTarget.value })} />}
        {(act || !chosen) && <TextInput mt={8} label={t('theatre.acts.display')} maxLength={200} value={fields.display} onChange={(event) => setFields({ ...fields, display: event.currentTarget.value })} />}
        <fieldset className="mh-act-needs">
          <legend>{t('theatre.acts.needs')}</legend>
          {rows.map((row, at) => (
            <Row key={at} number={at + 1} row={row} acts={acts} set={(part) => change((all) => all.map((one, n) => (n === at ? { ...one, ...part } : one)))} remove={() => change((all) => all.filter((_, n) => n !== at))} />
          ))}
          <Button size="compact-sm" variant="default" onClick={() => change((all) => [...all, { kind: 'capability', what: '', count: 1 }])}>{t('theatre.acts.addNeed')}</Button>
        </fieldset>
        {overtaken ? <p role="alert" className="mh-warn">{t('theatre.acts.overtaken')}</p> : send.isError && <FailureNotice error={send.error} />}
        {send.isSuccess && <p role="status" className="mh-ok">{t('theatre.acts.saved')}</p>}
        <div className="mh-actions mh-actions-end"><Button type="submit" loading={send.isPending} disabled={!display || !named.code}>{t('theatre.acts.save')}</Button></div>
      </form>
    </Panel>
  );
}

function Row({ number, row, acts, set, remove }: { number: number; row: Need; acts: Acts; set: (change: Partial<Need>) => void; remove: () => void }) {
  const { t } = useTranslation();
  const of = acts.kinds.find(({ kind }) => kind === row.kind)?.of ?? [];
  // A thing that the clinic has no more is still shown, so that it can be taken out.
  const gone = row.what !== '' && !of.some(({ what }) => what === row.what);
  const things = [{ value: '', label: '—' }, ...(gone ? [{ value: row.what, label: row.name || row.what }] : []), ...of.map(({ what, name }) => ({ value: what, label: name || what }))];
  return (
    <div className="mh-act-need">
      <NativeSelect size="xs" label={t('theatre.acts.kind')} value={row.kind} onChange={(event) => set({ kind: event.currentTarget.value as NeedKind, what: '' })} data={KINDS.map((kind) => ({ value: kind, label: t(`theatre.acts.kinds.${kind}`) }))} />
      {row.kind === 'capability' ? (
        <>
          <TextInput size="xs" label={t('theatre.acts.what')} list={`capabilities-${number}`} maxLength={60} value={row.what} onChange={(event) => set({ what: event.currentTarget.value })} />
          <datalist id={`capabilities-${number}`}>{of.map(({ what }) => <option key={what} value={what}>{what}</option>)}</datalist>
        </>
      ) : (
        <NativeSelect size="xs" label={t('theatre.acts.what')} value={row.what} onChange={(event) => set({ what: event.currentTarget.value })} data={things} />
      )}
      <TextInput size="xs" type="number" min={1} max={COUNT_MAX} label={t('theatre.acts.count')} value={String(row.count)} disabled={row.kind === 'capability'} onChange={(event) => set({ count: Math.min(COUNT_MAX, Math.max(1, Math.round(Number(event.currentTarget.value) || 1))) })} />
      <Button size="xs" variant="default" aria-label={t('theatre.acts.removeNeed', { number })} onClick={remove}><IconX size={14} aria-hidden="true" /></Button>
    </div>
  );
}
