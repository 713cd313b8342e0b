import { Button, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { FIELDS, bytesOf, mappingOf, preview, remapped, take, type ImportField, type Mapping, type Part, type Row } from './import.resource';

/** A list of another program's patients: seen first, with what is wrong line by line, then taken. */
export default function ImportPage() {
  const { t } = useTranslation();
  const stopped = useRef(false);
  const [bytes, setBytes] = useState('');
  const [part, setPart] = useState<Part | null>(null);
  const [rows, setRows] = useState<Row[]>([]);
  const [mapping, setMapping] = useState<Mapping>({});
  const [anyway, setAnyway] = useState<ReadonlySet<number>>(new Set());
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);

  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    await work().catch(setError);
    setBusy(false);
  };
  const look = (file: string, columns?: Mapping) =>
    run(async () => {
      setPart(null);
      setDone(null);
      const first = await preview({ bytes: file, mapping: columns });
      setPart(first);
      setRows(first.rows);
      setMapping(columns ?? mappingOf(first));
      if (!columns) setAnyway(new Set());
    });
  const more = () =>
    run(async () => {
      const next = await preview({ bytes, mapping, from: part?.next });
      setPart(next);
      setRows((now) => [...now, ...next.rows]);
    });
  const go = () =>
    run(async () => {
      stopped.current = false;
      setRows([]);
      for (let from: number | undefined = 0; from !== undefined && !stopped.current; ) {
        const taken: Part = await take({ bytes, mapping, from, anyway: [...anyway] });
        setPart(taken);
        setRows((now) => [...now, ...taken.rows]);
        from = taken.next;
        setDone(from ?? taken.total);
      }
    });
  const delimiter = part?.delimiter === '\t' ? t('desk.import.tab') : part?.delimiter;
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('desk.import.title')}</h1>
        <p className="mh-quiet">{t('desk.import.explain')}</p>
      </div>
      <div className="mh-column">
        <Panel title={t('desk.import.file')} side={part && t('desk.import.read', { encoding: part.encoding, delimiter, total: part.total })}>
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            aria-label={t('desk.import.file')}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) void bytesOf(file).then((read) => { setBytes(read); return look(read); });
            }}
          />
          {error !== null && <FailureNotice error={error} />}
        </Panel>
        {part && done === null && (
          <Panel title={t('desk.import.columns')} flush>
            <table className="mh-table">
              <thead><tr><th>{t('desk.import.column')}</th><th>{t('desk.import.sample')}</th><th>{t('desk.import.holds')}</th></tr></thead>
              <tbody>
                {part.columns.map(({ title, sample }, column) => (
                  <tr key={column}>
                    <td>{title}</td>
                    <td className="mh-quiet">{sample}</td>
                    <td>
                      <NativeSelect
                        size="xs"
                        aria-label={`${t('desk.import.holds')} : ${title}`}
                        data={[{ value: '', label: t('desk.import.ignored') }, ...FIELDS.map((value) => ({ value, label: t(`desk.import.field.${value}`) }))]}
                        value={FIELDS.find((field) => mapping[field] === column) ?? ''}
                        onChange={(event) => void look(bytes, remapped(mapping, column, event.currentTarget.value as ImportField | ''))}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
        )}
        {part && <Rows rows={rows} anyway={anyway} done={done !== null} change={(line) => setAnyway((now) => new Set(now.has(line) ? [...now].filter((one) => one !== line) : [...now, line]))} />}
        {part && (
          <div className="mh-actions">
            {done === null && <Button onClick={() => void go()} loading={busy}>{t('desk.import.go')}</Button>}
            {done === null && part.next !== undefined && <Button variant="default" onClick={() => void more()} disabled={busy}>{t('desk.import.more')}</Button>}
            {done !== null && busy && <Button variant="default" onClick={() => { stopped.current = true; }}>{t('desk.import.stop')}</Button>}
            <span role="status">{done !== null && t('desk.import.done', { done, total: part.total })}</span>
          </div>
        )}
      </div>
    </div>
  );
}

interface RowsProps { rows: Row[]; anyway: ReadonlySet<number>; done: boolean; change: (line: number) => void }

function Rows({ rows, anyway, done, change }: RowsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('desk.import.rows')} count={rows.length} flush>
      <table className="mh-table">
        <thead><tr><th>{t('desk.import.line')}</th><th>{t('desk.import.patient')}</th><th>{t('desk.import.state')}</th><th>{t('desk.import.why')}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.line}>
              <td className="mh-tight">{row.line}</td>
              <td>{row.id ? <Link to={`/patients/${row.id}`}>{row.name}</Link> : row.name} {row.birthDate && <span className="mh-quiet"><DateText value={row.birthDate} /></span>}</td>
              <td className="mh-tight"><span className={row.state === 'ready' || row.state === 'created' ? 'mh-tag mh-tag-ok' : 'mh-tag'}>{t(`desk.import.is.${row.state}`)}</span></td>
              <td>
                {row.faults.map((fault) => <div key={fault.field + fault.message} className="mh-warn">{fault.message}</div>)}
                {row.state !== 'created' && row.candidates?.map((one) => <div key={one.id}><Link to={`/patients/${one.id}`}>{one.name}</Link> · {one.reasons.join(' ; ')}</div>)}
                {!done && row.state === 'known' && !row.certain && (
                  <label className="mh-choice">
                    <input type="checkbox" checked={anyway.has(row.line)} onChange={() => change(row.line)} />
                    <span>{t('desk.import.anyway')}</span>
                  </label>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
