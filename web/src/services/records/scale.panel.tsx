import { useTranslation } from 'react-i18next';
import type { SpO2Scale } from '../../datatypes/Observation/news2-score';

/** Which scale of oxygen saturation; the second is a physician's decision, and never a default. */
export function ScaleChoice({ scale, setScale }: { scale: SpO2Scale; setScale: (scale: SpO2Scale) => void }) {
  const { t } = useTranslation();
  return (
    <label className="mh-inline">
      <span>{t('news2.scale')}</span>
      <select className="mh-select" value={scale} onChange={(event) => setScale(event.currentTarget.value === '2' ? 2 : 1)}>
        <option value={1}>{t('news2.scale1')}</option>
        <option value={2}>{t('news2.scale2')}</option>
      </select>
    </label>
  );
}
