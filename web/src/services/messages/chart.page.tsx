import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { Loaded, Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { Row } from './list.panel';
import { useSaidOf } from './messages.resource';
import { NewConversationForm } from './new.form';
import './messages.css';

/** In the chart: what was put into it of conversations, one's own conversations about this patient, and a new one. */
export default function ChartMessages({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { practitioner } = useMe();
  const mine = practitioner === null ? null : `Practitioner/${practitioner.replace('Practitioner/', '')}`;
  const query = useSaidOf(patientId);
  const navigate = useNavigate();
  return (
    <div className="mh-page mh-talk-chart">
      {mine !== null && <div className="mh-talk-of"><Panel title={t('messages.begin')}><NewConversationForm patient={patientId} done={(id) => void navigate({ to: `/messages/${id}` })} /></Panel></div>}
      <Loaded query={query}>
        {({ items, records }) => (
          <div className="mh-talk-of">
            <Panel title={t('messages.mine')} count={items.length} flush>
              {items.length === 0 ? <p className="mh-empty">{t('messages.noneOf')}</p> : <ul className="mh-talk-list">{items.map((one) => <Row key={one.id} one={one} me={mine} on={false} />)}</ul>}
            </Panel>
            <Panel title={t('messages.records')} count={records.length}>
              {records.length === 0 && <p className="mh-empty">{t('messages.noRecord')}</p>}
              {records.map((record) => (
                <details key={record.id} className="mh-talk-record">
                  <summary><strong>{record.subject}</strong> <span className="mh-quiet">{t('messages.recordBy', { who: record.by ?? '', at: formatDateTime(record.at ?? undefined, language) ?? '' })}</span></summary>
                  {record.lines.map((line, index) => <p key={index}>{line}</p>)}
                </details>
              ))}
            </Panel>
          </div>
        )}
      </Loaded>
    </div>
  );
}
