import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n';
import { figureText, trendOf, type Figures } from './indicators.resource';

/** One figure a tile, with how it moved week by week; the chosen one is explained below. */
export function FigureTiles({ figures, chosen, choose }: { figures: Figures; chosen: string; choose: (code: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="mh-tiles" role="group" aria-label={t('figures.title')}>
      {figures.indicators.map(({ code, name, unit }) => (
        <button key={code} type="button" aria-pressed={code === chosen} onClick={() => choose(code)}>
          <span>{name}</span>
          <strong>{figureText(figures.total.values[code], unit, language)}</strong>
          <Trend points={trendOf(figures, code)} />
        </button>
      ))}
    </div>
  );
}

/** The numbers stand in the table of weeks; this shows their direction alone. */
function Trend({ points }: { points: string | null }) {
  return (
    <svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 24">
      {points && <polyline points={points} vectorEffect="non-scaling-stroke" />}
    </svg>
  );
}
