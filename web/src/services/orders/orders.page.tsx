import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { CancelModal } from './cancel.modal';
import { RequestForm } from './request.form';
import { useOrders, type Order } from './order.resource';
import './orders.css';

/** What was asked for, and the request that is being written. */
export default function OrdersPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useOrders(patientId);
  const [cancelling, setCancelling] = useState<Order | null>(null);
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.orders')}</h2>
      <div className="mh-orders">
        <RequestForm patientId={patientId} />
        <Panel title={t('orders.all')} count={query.data?.length} flush>
          <Loaded query={query}>{(rows) => (rows.length ? <OrderTable rows={rows} cancel={setCancelling} /> : <p className="mh-empty">{t('orders.none')}</p>)}</Loaded>
        </Panel>
      </div>
      {cancelling && <CancelModal order={cancelling} close={() => setCancelling(null)} />}
    </div>
  );
}

const OPEN = new Set(['draft', 'active', 'on-hold']);

function OrderTable({ rows, cancel }: { rows: Order[]; cancel: (order: Order) => void }) {
  const { t } = useTranslation();
  return (
    <table className="mh-table mh-order-table">
      <thead>
        <tr>
          <th scope="col" className="mh-tight">{t('common.date')}</th>
          <th scope="col">{t('orders.exam')}</th>
          <th scope="col" className="mh-tight">{t('orders.priority')}</th>
          <th scope="col" className="mh-tight">{t('common.status')}</th>
          <th scope="col" className="mh-tight"><span className="mh-sr">{t('orders.cancel')}</span></th>
        </tr>
      </thead>
      <tbody>
        {rows.map((order) => (
          <tr key={order.id}>
            <td className="mh-tight"><DateText value={order.authoredOn} /></td>
            <td>
              <span className="mh-strong">{order.display}</span> <span className="mh-quiet">{t(`orders.kind.${order.kind}`)}</span>
              <p className="mh-quiet">{[order.reason, order.note, order.requester?.name].filter(Boolean).join(' · ')}</p>
            </td>
            <td className="mh-tight">{order.priority === 'routine' ? <span className="mh-quiet">{t('orders.priorities.routine')}</span> : <span className="mh-tag mh-tag-warn">{t(`orders.priorities.${order.priority}`)}</span>}</td>
            <td className="mh-tight"><span className={order.status === 'completed' ? 'mh-tag mh-tag-ok' : 'mh-tag'}>{order.report && order.status !== 'completed' ? t('orders.reported') : t(`orders.state.${order.status}`)}</span></td>
            <td className="mh-tight">{OPEN.has(order.status) && <button type="button" className="mh-link" aria-label={t('orders.cancelOne', { exam: order.display })} onClick={() => cancel(order)}>{t('orders.cancel')}</button>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
