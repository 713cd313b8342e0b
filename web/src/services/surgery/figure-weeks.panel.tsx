import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../datatypes/Date/format';
import { Skeletons } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { figureText, type Figures, type Indicator } from './indicators.resource';

const Plot = lazy(() => import('../../design/Plot'));

/** Week by week, as a line and as a table. */
export function FigureWeeks({ figures, indicator }: { figures: Figures; indicator: Indicator }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const weeks = figures.weeks.filter(({ values }) => values[indicator.code] !== null && values[indicator.code] !== undefined);
  if (weeks.length < 2) return <p className="mh-empty">{t('figures.fewWeeks')}</p>;
  return (
    <div className="mh-weeks">
      <Suspense fallback={<Skeletons />}>
        <Plot label={indicator.name} unit={t(`figures.unit.${indicator.unit}`)} times={weeks.map(({ week }) => Date.parse(`${week}T12:00:00Z`) / 1000)} lines={[{ label: indicator.name, values: weeks.map(({ values }) => values[indicator.code] ?? null) }]} language={language} height={200} />
      </Suspense>
      <div className="mh-scroll mh-weeks-table" tabIndex={0} role="group" aria-label={t('figures.weeks')}>
        <table className="mh-table">
          <thead><tr><th scope="col">{t('figures.week')}</th><th scope="col" className="mh-num">{t('common.value')}</th></tr></thead>
          <tbody>
            {weeks.map(({ week, values }) => <tr key={week}><td>{formatDate(week, language)}</td><td className="mh-num">{figureText(values[indicator.code], indicator.unit, language)}</td></tr>)}
          </tbody>
        </table>
      </div>
    </div>
  );
}
