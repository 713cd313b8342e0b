import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n';
import { figureText, type Figures, type Group, type Indicator } from './indicators.resource';

interface FigureBarsProps { figures: Figures; by: Group; indicator: Indicator; chosen: string; choose: (key: string) => void }

/** A bar a line, its value in words beside it; a line shows its cases. The largest first, months in their order. */
export function FigureBars({ figures, by, indicator, chosen, choose }: FigureBarsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const value = (values: Record<string, number | null>) => values[indicator.code] ?? null;
  const rows = figures.rows.filter(({ values }) => value(values) !== null).sort((a, b) => (by === 'period' ? a.key.localeCompare(b.key) : (value(b.values) ?? 0) - (value(a.values) ?? 0)));
  const most = Math.max(...rows.map(({ values }) => Math.abs(value(values) ?? 0)), 1e-9);
  if (!rows.length) return <p className="mh-empty">{t('figures.none')}</p>;
  return (
    <ul className="mh-bars">
      {rows.map((row) => (
        <li key={row.key}>
          <button type="button" aria-pressed={row.key === chosen} onClick={() => choose(row.key)}>
            <span className="mh-bar-name">{row.name}</span>
            <svg aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 10"><rect width={(Math.abs(value(row.values) ?? 0) / most) * 100} height="10" /></svg>
            <span className="mh-num">{figureText(value(row.values), indicator.unit, language)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
