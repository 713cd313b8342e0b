import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../../design/Panel';
import type { PageProps } from '../../../slots';
import { CaseFrame } from '../core/case-frame.panel';
import { Curve } from './curve.panel';
import { DischargeForm } from './discharge.form';
import { scoresOf, useRecovery, type Recovery, type ScaleName } from './recovery.resource';
import { ScoreForm } from './score.form';

/** After the theatre: scores, their course, and who may leave. */
export default function RecoveryPage({ PatientFrame }: PageProps) {
  return <CaseFrame PatientFrame={PatientFrame}>{(surgery) => <Room surgery={surgery.id} />}</CaseFrame>;
}

function Room({ surgery }: { surgery: string }) {
  const query = useRecovery(surgery);
  return <Loaded query={query}>{(recovery) => <Sheet surgery={surgery} recovery={recovery} />}</Loaded>;
}

function Sheet({ surgery, recovery }: { surgery: string; recovery: Recovery }) {
  const { t } = useTranslation();
  const [name, setName] = useState<ScaleName>('aldrete');
  const scale = recovery.scales.find((one) => one.scale === name) ?? recovery.scales[0];
  if (!scale) return null;
  const scores = scoresOf(recovery.scores, scale.scale);
  return (
    <div className="mh-peri-two">
      <div className="mh-peri-column">
        <div className="mh-peri-switch" role="group" aria-label={t('peri.score.which')}>
          {recovery.scales.map((one) => <button key={one.scale} type="button" aria-pressed={one.scale === scale.scale} onClick={() => setName(one.scale)}><strong>{t(`peri.scale.${one.scale}`)}</strong><small>{t(`peri.scaleHint.${one.scale}`)}</small></button>)}
        </div>
        <Panel title={t(`peri.scale.${scale.scale}`)}><ScoreForm key={scale.scale} surgery={surgery} scale={scale} /></Panel>
      </div>
      <div className="mh-peri-column">
        <Panel title={t('peri.score.course')} count={scores.length} flush><Curve scale={scale} scores={scores} /></Panel>
        <Panel title={t('peri.discharge.title')}><DischargeForm surgery={surgery} recovery={recovery} /></Panel>
      </div>
    </div>
  );
}
