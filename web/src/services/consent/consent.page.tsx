import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { CollectModal } from './collect.modal';
import { useConsents, type ConsentRow } from './consent.resource';
import { HistoryPanel } from './history.panel';
import { OppositionsPanel } from './oppositions.panel';
import { RequestsPanel } from './requests.panel';
import { StateTag } from './state.panel';
import { WithdrawModal } from './withdraw.modal';
import './consent.css';

/** What the patient decided about their data, and what they ask. */
export default function ConsentPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  return (
    <div className="mh-page">
      <h2 className="mh-sr">{t('section.consent')}</h2>
      <div className="mh-grid-home">
        <div className="mh-column">
          <KindsPanel patientId={patientId} />
          <OppositionsPanel patientId={patientId} />
          <RequestsPanel patientId={patientId} />
        </div>
        <div className="mh-column">
          <HistoryPanel patientId={patientId} />
        </div>
      </div>
    </div>
  );
}

function KindsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const consents = useConsents(patientId);
  const [collecting, setCollecting] = useState<ConsentRow | null>(null);
  const [withdrawing, setWithdrawing] = useState<ConsentRow | null>(null);
  return (
    <Panel title={t('consent.title')} flush>
      <Loaded query={consents}>
        {({ rows }) => (
          <ul className="mh-list">
            {rows.map((row) => (
              <li key={row.kind} className="mh-consent">
                <div className="mh-grow">
                  <p className="mh-strong">{t(`consent.kind.${row.kind}`)}</p>
                  <p className="mh-quiet">{t(`consent.hint.${row.kind}`)}</p>
                </div>
                <div className="mh-consent-state">
                  <StateTag state={row.state} />
                  <div className="mh-quiet">
                    {row.at && <DateText value={row.at} />}
                    {row.method && ` · ${t(`consent.method.${row.method}`)}`}
                  </div>
                </div>
                <div className="mh-actions mh-consent-acts">
                  <Button size="compact-sm" variant="default" onClick={() => setCollecting(row)} aria-label={t('consent.collectOne', { kind: t(`consent.kind.${row.kind}`) })}>
                    {t('consent.collect')}
                  </Button>
                  {row.state === 'permit' && (
                    <Button size="compact-sm" variant="default" onClick={() => setWithdrawing(row)} aria-label={t('consent.withdrawOne', { kind: t(`consent.kind.${row.kind}`) })}>
                      {t('consent.withdraw')}
                    </Button>
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {collecting && <CollectModal patientId={patientId} row={collecting} close={() => setCollecting(null)} />}
      {withdrawing && <WithdrawModal patientId={patientId} row={withdrawing} close={() => setWithdrawing(null)} />}
    </Panel>
  );
}
