import { Link, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { AgeText, GenderText, InsText, NameText } from './patient-facts';
import type { PatientView } from './patient.resource';

const ROW = 33;
const COARSE_ROW = 45;

interface Props {
  rows: PatientView[];
  chosen: number;
  more: boolean;
  readOn: () => void;
}

/** Patients in aligned columns; only the rows in sight are drawn, and the next page is read before it is needed. */
export function PatientTable({ rows, chosen, more, readOn }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const height = matchMedia('(pointer: coarse)').matches ? COARSE_ROW : ROW;
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => height, overscan: 12 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 20) readOn();
  }, [more, last, rows.length, readOn]);
  useEffect(() => virtual.scrollToIndex(chosen), [chosen, virtual]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div ref={box} className="mh-panel mh-scroll mh-fill-box" tabIndex={0} role="region" aria-label={t('search.results')}>
      <table className="mh-table mh-sticky mh-patients" aria-rowcount={more ? -1 : rows.length}>
        <thead>
          <tr>
            <th scope="col">{t('search.name')}</th>
            <th scope="col">{t('search.birthDate')}</th>
            <th scope="col">{t('search.age')}</th>
            <th scope="col">{t('search.sex')}</th>
            <th scope="col">{t('banner.ipp')}</th>
            <th scope="col">{t('banner.ins')}</th>
            <th scope="col">{t('search.city')}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {items.map((item) => {
            const patient = rows[item.index];
            return patient && <Row key={patient.id} patient={patient} index={item.index} active={item.index === chosen} height={height} />;
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  );
}

export function Row({ patient, index, active, height, brief = false }: { patient: PatientView; index: number; active: boolean; height?: number; brief?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const to = `/patients/${patient.id}`;
  return (
    <tr className="mh-click" style={{ height }} aria-rowindex={index + 1} data-active={active} onClick={() => void navigate({ to })}>
      <td>
        <Link to={to} className="mh-rowlink" onClick={(event) => event.stopPropagation()}>
          <NameText patient={patient} />
        </Link>
        {patient.deceased && <> <span className="mh-tag">{t('search.deceased')}</span></>}
      </td>
      <td><DateText value={patient.birthDate} /></td>
      {!brief && <td><AgeText age={patient.age} /></td>}
      <td><GenderText gender={patient.gender} /></td>
      <td>{patient.identity.ipp}</td>
      {!brief && <td><InsText patient={patient} /></td>}
      {!brief && <td>{patient.city}</td>}
    </tr>
  );
}
