import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { Loaded, Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { ActLine } from './act-line.panel';
import { StatusTag } from './case-table.panel';
import { useDay } from './day.resource';
import './surgery.css';

const SHOWN = 12;

/** The operations of today: a surgeon's own, everybody's for those who work with all. */
export default function TheatreTodayPanel() {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe();
  const query = useDay(today(), '');
  const own = me.roles.includes('surgeon') ? me.practitioner?.split('/').pop() : undefined;
  const rows = (query.data?.rooms ?? []).flatMap((room) => room.cases.map((one) => ({ ...one, room: room.name }))).filter((one) => !own || one.surgeon?.ref.endsWith(`/${own}`)).sort((a, b) => a.start.localeCompare(b.start));
  return (
    <Panel title={t('day.today')} count={query.data && rows.length} side={<Link to="/day">{t('day.open')}</Link>} flush>
      <Loaded query={query}>
        {() =>
          rows.length ? (
            <table className="mh-table">
              <tbody>
                {rows.slice(0, SHOWN).map((row) => (
                  <tr key={row.id}>
                    <td className="mh-tight mh-strong">{formatTime(row.start, language)}</td>
                    <td className="mh-tight mh-quiet">{row.room}</td>
                    <td><Link className="mh-rowlink" to={`/surgeries/${row.id}`}>{row.patient?.name ?? row.number}</Link></td>
                    <td><ActLine surgery={row} /></td>
                    <td className="mh-tight"><StatusTag status={row.status} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <p className="mh-empty">{t('day.none')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
