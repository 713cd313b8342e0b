import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useIncomplete } from './incomplete.resource';

const ROWS = 8;

/** The desk's home: who comes soon and whose identity is to be completed. */
export default function IncompletePanel() {
  const { t } = useTranslation();
  const query = useIncomplete();
  return (
    <Panel title={t('desk.incomplete.title')} count={query.data?.length} flush>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ul className="mh-list">
              {rows.slice(0, ROWS).map((row) => (
                <li key={row.id}>
                  <div className="mh-split">
                    <Link className="mh-strong" to={`/patients/${row.id}`}>{row.name || t('common.unnamed')}</Link>
                    <span className="mh-split-side"><DateText value={row.at} time /></span>
                  </div>
                  <div className="mh-quiet">{row.missing.map((one) => t(`desk.incomplete.${one}`)).join(' · ')}</div>
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('desk.incomplete.none')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
