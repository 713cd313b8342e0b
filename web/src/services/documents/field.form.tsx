import { ActionIcon, Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { newRow, type Field, type Row, type Value } from './values';

interface FieldProps { field: Field; value: Value; error?: string; change: (value: Value) => void }

const ROWS_MAX = 30;

/** One field of a document, as the server describes it. */
export function FieldForm({ field, value, error, change }: FieldProps) {
  if (field.type === 'rows') return <Rows field={field} rows={Array.isArray(value) ? value : []} error={error} change={change} />;
  return <Cell field={field} value={Array.isArray(value) ? '' : value} error={error} change={change} />;
}

interface CellProps { field: Field; value: string | boolean; error?: string; change: (value: string | boolean) => void; bare?: boolean }

function Cell({ field: { name, label, type, required, max, help, choices }, value, error, change, bare = false }: CellProps) {
  const said = { name, error, 'aria-required': required, ...(bare ? { 'aria-label': label } : { label, description: help ?? undefined, withAsterisk: required }) };
  const words = typeof value === 'string' ? value : '';
  if (type === 'flag') return <Checkbox name={name} {...(bare ? { 'aria-label': label } : { label, description: help ?? undefined })} checked={value === true} onChange={(event) => change(event.currentTarget.checked)} />;
  if (type === 'choice') return <NativeSelect {...said} value={words} onChange={(event) => change(event.currentTarget.value)} data={[{ value: '', label: '' }, ...(choices ?? [])]} />;
  if (type === 'text') return <Textarea {...said} autosize minRows={bare ? 1 : 2} maxRows={14} maxLength={max} value={words} onChange={(event) => change(event.currentTarget.value)} />;
  return <TextInput {...said} type={type === 'date' ? 'date' : 'text'} maxLength={type === 'date' ? undefined : max} value={words} onChange={(event) => change(event.currentTarget.value)} />;
}

function Rows({ field, rows, error, change }: { field: Field; rows: Row[]; error?: string; change: (rows: Row[]) => void }) {
  const { t } = useTranslation();
  const columns = field.columns ?? [];
  const set = (index: number, name: string, cell: string | boolean) => change(rows.map((row, at) => (at === index ? { ...row, [name]: cell } : row)));
  return (
    <fieldset className="mh-papers-rows">
      <legend>{field.label}{field.required && <span className="mh-stop" aria-hidden="true"> *</span>}</legend>
      {field.help && <p className="mh-quiet">{field.help}</p>}
      {rows.length > 0 && (
        <div className="mh-scroll">
          <table className="mh-table">
            <thead><tr>{columns.map(({ name, label }) => <th key={name} scope="col">{label}</th>)}<th scope="col"><span className="mh-sr">{t('papers.acts')}</span></th></tr></thead>
            <tbody>
              {rows.map((row, index) => (
                // Rows have no name of their own; they are only added and removed.
                <tr key={index}>
                  {columns.map((column) => <td key={column.name}><Cell field={column} value={row[column.name] ?? ''} change={(cell) => set(index, column.name, cell)} bare /></td>)}
                  <td className="mh-tight"><ActionIcon variant="subtle" size="lg" aria-label={t('papers.removeRow', { number: index + 1 })} onClick={() => change(rows.filter((_, at) => at !== index))}><IconTrash size={16} aria-hidden="true" /></ActionIcon></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {error && <p className="mh-field-error" role="alert">{error}</p>}
      <Button variant="default" size="compact-md" leftSection={<IconPlus size={14} aria-hidden="true" />} disabled={rows.length >= (field.rowsMax ?? ROWS_MAX)} onClick={() => change([...rows, newRow(field)])}>{t('papers.addRow')}</Button>
    </fieldset>
  );
}
