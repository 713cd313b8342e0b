import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatTime } from '../../datatypes/Date/format';
import { Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import type { Entry } from './agenda.resource';
import { KindMark, SideWord, WhoLink, whatOf } from './entry.panel';

/** The same in lines, with what can be done. */
export function AgendaList({ days, cancel }: { days: { day: string; entries: Entry[] }[]; cancel: (entry: Entry) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="mh-agenda-list">
      {days.filter(({ entries }) => entries.length).map(({ day, entries }) => (
        <Panel key={day} title={formatDate(day, language, true)} count={entries.length} flush>
          <table className="mh-table">
            <thead><tr><th scope="col" className="mh-tight">{t('theatre.hour')}</th><th scope="col">{t('theatre.patient')}</th><th scope="col">{t('agenda.what')}</th><th scope="col">{t('agenda.where')}</th><th scope="col" className="mh-tight"><span className="mh-sr">{t('agenda.acts')}</span></th></tr></thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.id}>
                  <td className="mh-tight mh-strong">{formatTime(entry.start, language)} – {formatTime(entry.end, language)}</td>
                  <td><WhoLink entry={entry} />{entry.patient?.birthDate && <span className="mh-quiet"> {formatDate(entry.patient.birthDate, language)}</span>}</td>
                  <td><KindMark kind={entry.kind} word /> <span className="mh-quiet">{whatOf(entry)}</span> <SideWord side={entry.side} /></td>
                  <td>{entry.room?.name ?? ''}</td>
                  <td className="mh-tight">{entry.kind === 'consultation' ? <Button size="compact-sm" variant="default" onClick={() => cancel(entry)}>{t('agenda.cancel')}</Button> : entry.case && <Link to={`/surgeries/${entry.case.split('/').pop() ?? ''}`}>{t('theatre.casePage')}</Link>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      ))}
      {days.every(({ entries }) => entries.length === 0) && <Panel title={t('nav.agenda')}><p className="mh-empty">{t('agenda.nothing')}</p></Panel>}
    </div>
  );
}
