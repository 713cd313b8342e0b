import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n';
import { figureText, type Figures } from './indicators.resource';

/** One figure a tile; the chosen one is explained below. */
export function FigureTiles({ figures, chosen, choose }: { figures: Figures; chosen: string; choose: (code: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="mh-tiles" role="group" aria-label={t('figures.title')}>
      {figures.indicators.map(({ code, name, unit }) => (
        <button key={code} type="button" aria-pressed={code === chosen} onClick={() => choose(code)}>
          <span>{name}</span>
          <strong>{figureText(figures.total.values[code], unit, language)}</strong>
        </button>
      ))}
    </div>
  );
}
