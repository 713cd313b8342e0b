import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { ActLine } from './act-line.panel';
import type { CaseStatus, Surgery } from './case.resource';

const TONE: Partial<Record<CaseStatus, string>> = { completed: 'mh-tag mh-tag-ok', in_progress: 'mh-tag mh-tag-accent', cancelled: 'mh-tag', postponed: 'mh-tag mh-tag-warn' };

export function StatusTag({ status }: { status: CaseStatus }) {
  const { t } = useTranslation();
  return <span className={TONE[status] ?? 'mh-tag'}>{t(`surgery.status.${status}`)}</span>;
}

/** Cases, newest first; a row leads to its case. */
export function CaseTable({ rows, open }: { rows: Surgery[]; open: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <table className="mh-table mh-case-table">
      <thead>
        <tr>
          <th scope="col" className="mh-tight">{t('common.date')}</th>
          <th scope="col">{t('surgery.act')}</th>
          <th scope="col">{t('surgery.surgeon')}</th>
          <th scope="col" className="mh-tight">{t('surgery.urgency')}</th>
          <th scope="col" className="mh-tight">{t('common.status')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="mh-click" onClick={() => open(row.id)}>
            <td className="mh-tight">{row.booking ? <DateText value={row.booking.start} time /> : <span className="mh-quiet">{t('surgery.notBooked')}</span>}</td>
            <td><Link to={`/surgeries/${row.id}`} className="mh-rowlink" onClick={(event) => event.stopPropagation()}><ActLine surgery={row} /></Link></td>
            <td>{row.surgeon?.name ?? <span className="mh-absent">{t('common.notRecorded')}</span>}</td>
            <td className="mh-tight">{row.urgency === 'elective' ? <span className="mh-quiet">{t('surgery.urgencies.elective')}</span> : <span className="mh-tag mh-tag-warn">{t(`surgery.urgencies.${row.urgency}`)}</span>}</td>
            <td className="mh-tight"><StatusTag status={row.status} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
