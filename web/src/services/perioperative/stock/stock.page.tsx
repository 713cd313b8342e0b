import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../../design/Panel';
import { StateTag } from '../implant/device-state.panel';
import { Receive } from './receive.panel';
import { useStock, type Product, type StockLine } from './stock.resource';
import '../core/record.css';

/** What the theatre has: by product with its threshold, and by lot with its expiry. */
export default function StockPage() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 250);
  const query = useStock(asked);
  return (
    <div className="mh-page mh-peri">
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('peri.stock.title')}</h1>
        <TextInput aria-label={t('peri.stock.search')} placeholder={t('peri.stock.search')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
      </div>
      <div className="mh-peri-two">
        <div className="mh-peri-column">
          <Loaded query={query}>{({ lines }) => <Panel title={t('peri.stock.lots')} count={lines.length} flush><div className="mh-scroll" role="group" tabIndex={0} aria-label={t('peri.stock.lots')}><Lots lines={lines} /></div></Panel>}</Loaded>
        </div>
        <div className="mh-peri-column">
          <Receive />
          <Loaded query={query}>{({ products }) => <Panel title={t('peri.stock.products')} count={products.length} flush><Products products={products} /></Panel>}</Loaded>
        </div>
      </div>
    </div>
  );
}

export function Lots({ lines }: { lines: StockLine[] }) {
  const { t } = useTranslation();
  if (!lines.length) return <p className="mh-empty">{t('peri.stock.none')}</p>;
  return (
    <table className="mh-table">
      <thead><tr><th scope="col">{t('peri.implant.name')}</th><th scope="col">{t('peri.implant.lot')}</th><th scope="col">{t('peri.implant.expiry')}</th><th scope="col" className="mh-num">{t('peri.stock.quantity')}</th><th scope="col">{t('peri.stock.location')}</th><th scope="col">{t('common.status')}</th></tr></thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.device}>
            <td><strong>{line.name ?? line.gtin}</strong> <span className="mh-quiet">{line.manufacturer}</span></td>
            <td>{line.lot ?? line.serial ?? '–'}</td>
            <td><DateText value={line.expiry ?? undefined} /></td>
            <td className="mh-num">{line.quantity}</td>
            <td>{line.location}</td>
            <td><StateTag state={line.state} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Products({ products }: { products: Product[] }) {
  const { t } = useTranslation();
  if (!products.length) return <p className="mh-empty">{t('peri.stock.none')}</p>;
  return (
    <table className="mh-table">
      <thead><tr><th scope="col">{t('peri.implant.name')}</th><th scope="col" className="mh-num">{t('peri.stock.quantity')}</th><th scope="col" className="mh-num">{t('peri.stock.threshold')}</th><th scope="col"><span className="mh-sr">{t('common.status')}</span></th></tr></thead>
      <tbody>
        {products.map((product) => (
          <tr key={product.gtin}>
            <td>{product.name}</td>
            <td className="mh-num">{product.quantity}</td>
            <td className="mh-num">{product.threshold ?? '–'}</td>
            <td>{product.low && <span className="mh-tag mh-tag-warn"><IconAlertTriangle size={13} aria-hidden="true" />{t('peri.stock.low')}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
