import { IconBan, IconSignature } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Panel } from '../../design/Panel';
import type { Signature } from './document.resource';

/** Who signed or refused, when, before whom; the level is said as it is. */
export function Signatures({ rows, side }: { rows: Signature[]; side?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('papers.signatures')} count={rows.length || null} flush>
      {rows.length === 0 && <p className="mh-empty">{t('papers.unsigned')}</p>}
      <ul className="mh-list">
        {rows.map((one) => (
          <li key={one.as + one.at + one.decision} className="mh-papers-signature">
            {one.decision === 'signed' ? <IconSignature size={18} className="mh-ok" aria-hidden="true" /> : <IconBan size={18} className="mh-stop" aria-hidden="true" />}
            <div>
              <p className="mh-strong">{one.representative ?? one.who.name}</p>
              <p>{t(`papers.decision.${one.decision as 'signed'}`, { as: t(`papers.as.${one.as}`) })}</p>
              <p className="mh-quiet"><DateText value={one.at} time />{one.collectedBy?.name && ` · ${t('papers.collectedBy', { name: one.collectedBy.name })}`}</p>
              <p className="mh-quiet">{one.label}</p>
            </div>
          </li>
        ))}
      </ul>
      {side && <div className="mh-papers-seal">{side}</div>}
    </Panel>
  );
}
