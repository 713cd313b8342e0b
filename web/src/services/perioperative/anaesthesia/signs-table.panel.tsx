import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../datatypes/Date/format';
import { formatNumber } from '../../../datatypes/Quantity/number';
import { useLanguage } from '../../../i18n';
import { fieldWord } from '../core/words.resource';
import type { Reading, Sign } from './anaesthesia.resource';

const UNITS: Partial<Record<Sign, string>> = { map: 'mmHg', hr: '/min', spo2: '%', etco2: 'mmHg', rr: '/min', temp: '°C' };
const OTHERS: Sign[] = ['map', 'hr', 'spo2', 'etco2', 'rr', 'temp', 'bis', 'tof'];

/** The same values as the chart, as numbers; the newest first, or the oldest for paper. */
export function SignsTable({ readings, oldest = false }: { readings: Reading[]; oldest?: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const used = OTHERS.filter((sign) => readings.some(({ values }) => values[sign] !== undefined));
  const rows = oldest ? readings : [...readings].reverse();
  if (!rows.length) return <p className="mh-empty">{t('peri.chart.noSigns')}</p>;
  return (
    <table className="mh-table">
      <thead>
        <tr>
          <th scope="col">{t('peri.time')}</th>
          <th scope="col" className="mh-num">{`${t('peri.chart.pressure')} (mmHg)`}</th>
          {used.map((sign) => <th key={sign} scope="col" className="mh-num">{fieldWord(sign)}{UNITS[sign] && ` (${UNITS[sign]})`}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, time, values }) => (
          <tr key={id}>
            <td><time dateTime={new Date(time).toISOString()}>{formatTime(new Date(time).toISOString(), language)}</time></td>
            <td className="mh-num">{values.sbp ?? '–'}/{values.dbp ?? '–'}</td>
            {used.map((sign) => <td key={sign} className="mh-num">{values[sign] === undefined ? '–' : formatNumber(values[sign], language)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
