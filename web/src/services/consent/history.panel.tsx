import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useConsentHistory, type HistoryLine } from './consent.resource';
import { StateTag } from './state.panel';

/** Every decision, newest first; nothing is ever overwritten. */
export function HistoryPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const history = useConsentHistory(patientId);
  return (
    <Panel title={t('consent.history')} count={history.data?.length} flush>
      <Loaded query={history}>
        {(lines) =>
          lines.length ? (
            <ol className="mh-list mh-consent-line">
              {lines.map((line) => (
                <li key={`${line.at}-${line.kind}-${line.against}-${line.state}`}>
                  <div className="mh-split">
                    <span className="mh-strong">{line.kind === 'opposition' ? t('consent.opposition', { name: line.against || t('consent.allSharing') }) : t(`consent.kind.${line.kind}`)}</span>
                    {line.kind === 'opposition' ? <span className="mh-tag">{t(line.state === 'deny' ? 'consent.opposed' : 'consent.lifted')}</span> : <StateTag state={line.state} />}
                  </div>
                  <Details line={line} />
                </li>
              ))}
            </ol>
          ) : (
            <p className="mh-empty">{t('consent.noHistory')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Details({ line }: { line: HistoryLine }) {
  const { t } = useTranslation();
  const parts = [line.method && t(`consent.method.${line.method}`), line.version && t('consent.version', { version: line.version }), line.who && t('consent.by', { name: line.who })];
  return (
    <div className="mh-quiet">
      <DateText value={line.at} time />
      {parts.filter(Boolean).map((part) => ` · ${part}`)}
      {line.note && <p>{line.note}</p>}
    </div>
  );
}
