import { Button, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../../design/Panel';
import { DeclareRecall } from './declare.modal';
import { askedBy, useCarriers, useRecalls, type By, type Carrier, type Recall } from './stock.resource';
import { Lots } from './stock.page';
import '../core/record.css';

/** Who carries a lot, what of it is left in stock, and what is recalled. */
export default function RecallsPage() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<{ by: By; value: string }>({ by: 'lot', value: '' });
  const [declaring, setDeclaring] = useState(false);
  const recalls = useRecalls();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(askedBy(typed));
  };
  return (
    <div className="mh-page mh-peri">
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('peri.recall.title')}</h1>
        <Button size="md" variant="default" onClick={() => setDeclaring(true)}>{t('peri.recall.declare')}</Button>
      </div>
      <form className="mh-peri-ask" onSubmit={submit}>
        <TextInput className="mh-grow" size="lg" label={t('peri.recall.ask')} description={t('peri.recall.askHint')} autoComplete="off" value={typed} data-autofocus onChange={(event) => setTyped(event.currentTarget.value)} />
        <Button size="lg" type="submit" disabled={!typed.trim()} leftSection={<IconSearch size={18} aria-hidden="true" />}>{t('peri.recall.search')}</Button>
      </form>
      {asked.value && <Answer by={asked.by} value={asked.value} />}
      <Panel title={t('peri.recall.list')} count={recalls.data?.recalls.length} flush>
        <Loaded query={recalls}>{(data) => <RecallRows rows={data.recalls} search={(recall) => setAsked(recall.lot ? { by: 'lot', value: recall.lot } : { by: 'gtin', value: recall.gtin ?? '' })} />}</Loaded>
      </Panel>
      {declaring && <DeclareRecall first={asked} close={() => setDeclaring(false)} />}
    </div>
  );
}

function Answer({ by, value }: { by: By; value: string }) {
  const { t } = useTranslation();
  const query = useCarriers(by, value);
  return (
    <Loaded query={query}>
      {({ carriers, stock }) => (
        <div className="mh-peri-halves">
          <Panel title={t('peri.recall.carriers', { what: value })} count={carriers.length} flush>{carriers.length ? <CarrierRows rows={carriers} /> : <p className="mh-empty">{t('peri.recall.nobody')}</p>}</Panel>
          <Panel title={t('peri.recall.inStock')} count={stock.length} flush><Lots lines={stock} /></Panel>
        </div>
      )}
    </Loaded>
  );
}

function CarrierRows({ rows }: { rows: Carrier[] }) {
  const { t } = useTranslation();
  return (
    <table className="mh-table">
      <thead><tr><th scope="col">{t('peri.recall.patient')}</th><th scope="col">{t('peri.implant.name')}</th><th scope="col">{t('peri.implant.lot')}</th><th scope="col">{t('peri.recall.when')}</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.device}>
            <td><Link className="mh-rowlink" to={`/patients/${row.patient.reference.split('/').at(-1) ?? ''}`}>{row.patient.name}</Link> <span className="mh-quiet"><DateText value={row.patient.birthDate ?? undefined} /></span></td>
            <td>{row.name ?? row.gtin}</td>
            <td>{row.lot ?? '–'}{row.serial && ` · ${row.serial}`}</td>
            <td><DateText value={row.time} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RecallRows({ rows, search }: { rows: Recall[]; search: (recall: Recall) => void }) {
  const { t } = useTranslation();
  if (!rows.length) return <p className="mh-empty">{t('peri.recall.none')}</p>;
  return (
    <table className="mh-table">
      <thead><tr><th scope="col">{t('peri.implant.name')}</th><th scope="col">{t('peri.implant.lot')}</th><th scope="col">{t('peri.recall.reason')}</th><th scope="col">{t('common.date')}</th><th scope="col" className="mh-num">{t('peri.recall.patients')}</th><th scope="col" className="mh-num">{t('peri.recall.inStock')}</th><th scope="col"><span className="mh-sr">{t('peri.recall.search')}</span></th></tr></thead>
      <tbody>
        {rows.map((recall) => (
          <tr key={recall.id}>
            <td><strong>{recall.name ?? recall.gtin}</strong></td>
            <td>{recall.lot ?? t('peri.recall.allLots')}</td>
            <td>{[recall.reference, recall.reason].filter(Boolean).join(' · ')}</td>
            <td><DateText value={recall.at} /></td>
            <td className="mh-num">{recall.carriers}</td>
            <td className="mh-num">{recall.stock}</td>
            <td><button type="button" className="mh-link" aria-label={t('peri.recall.who', { what: recall.lot ?? recall.gtin ?? '' })} onClick={() => search(recall)}>{t('peri.recall.search')}</button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
