import { useTranslation } from 'react-i18next';
import { NEWS2_PARAMETERS, news2Score, type News2Values, type SpO2Scale } from '../../datatypes/Observation/news2-score';
import './chart.css';

/** The score with the points of each parameter; a score with something missing is « at least », never a number alone. */
export function News2View({ values, scale }: { values: News2Values; scale: SpO2Scale }) {
  const { t } = useTranslation();
  const score = news2Score(values, scale);
  const whole = score.total !== null;
  return (
    <div className="mh-news">
      <span className="mh-news-score" data-risk={score.risk ?? undefined}>{whole ? score.total : `≥\u202f${score.known}`}</span>
      <div>
        <div className="mh-strong">{score.risk ? t(`news2.risk.${score.risk}`) : t('news2.incomplete')}</div>
        <div className="mh-quiet">{whole ? t(`news2.answer.${score.risk ?? 'low'}`) : t('news2.missing', { parameters: score.missing.map((one) => t(`news2.parameter.${one}`)).join(', ') })}</div>
      </div>
      <ul className="mh-news-parts" aria-label={t('news2.points')}>
        {NEWS2_PARAMETERS.map((one) => (
          <li key={one} data-points={score.points[one] ?? 'none'}>{t(`news2.parameter.${one}`)} {score.points[one] === null ? '?' : `+${score.points[one]}`}</li>
        ))}
      </ul>
    </div>
  );
}
