import { Chip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { Lines } from '../../design/Lines';
import { Loaded, Panel } from '../../design/Panel';
import { powersOf, useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { codeText } from '../../i18n/code';
import { useProgramme, type DayRow } from './day.resource';
import { PersonLink, countOf } from './person-line.panel';

/** The appointments of the day: one's own for who sees patients, everybody's for who receives them. */
export default function ProgrammePanel() {
  const { t } = useTranslation();
  const language = useLanguage();
  const me = useMe();
  const own = powersOf(me).has('care') && !me.roles.includes('nurse') ? me.practitioner : null;
  const [mine, setMine] = useState(own !== null);
  const query = useProgramme(mine ? own : null);
  const day = query.data?.day ?? today();
  const scope = own && (
    <Chip size="xs" variant="outline" checked={mine} onChange={setMine}>
      {t('home.mine')}
    </Chip>
  );
  return (
    <Panel title={t('home.appointments', { date: formatDate(day, language, true) ?? '' })} count={countOf(query.data)} side={scope} flush>
      <Loaded query={query}>
        {(programme) => (
          <>
            {programme?.day !== today() && <p className="mh-empty">{t(programme ? 'home.nextDay' : 'home.noAppointments')}</p>}
            {programme && <ProgrammeTable rows={programme.rows} />}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

function ProgrammeTable({ rows }: { rows: DayRow[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <table className="mh-table">
      <thead>
        <tr>
          <th scope="col" className="mh-tight">{t('common.time')}</th>
          <th scope="col">{t('home.patient')}</th>
          <th scope="col">{t('home.reason')}</th>
          <th scope="col">{t('home.with')}</th>
          <th scope="col" className="mh-tight">{t('common.status')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="mh-tight mh-strong">{formatTime(row.start, language)}</td>
            <td><PersonLink person={row.person} /></td>
            <td>{row.title || t('appointments.untitled')}</td>
            <td className="mh-quiet"><Lines texts={row.who} /></td>
            <td className="mh-tight">{codeText('appointmentStatus', row.status)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
