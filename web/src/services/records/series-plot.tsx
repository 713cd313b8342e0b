import { Suspense, lazy, useMemo, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlotProps } from '../../design/Plot';
import { useLanguage } from '../../i18n';
import { codeText } from '../../i18n/code';
import type { Series } from './observations.resource';

// Without the network the code of the graph may not come: the table beside has every value.
const Plot = lazy<ComponentType<PlotProps>>(() => import('../../design/Plot').catch(() => ({ default: NoPlot })));

function NoPlot() {
  const { t } = useTranslation();
  return <p className="mh-empty">{t('vitals.noGraph')}</p>;
}

export const seriesLabel = (series: Series): string => codeText('vital', series.code, series.label);

export function SeriesPlot({ series, height = 168 }: { series: Series; height?: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { times, lines } = useMemo(() => {
    const points = series.points.filter((p) => p.values.some((v) => v !== null) && !Number.isNaN(Date.parse(p.at))).reverse();
    const width = Math.max(1, ...points.map((p) => p.values.length));
    const labels = width > 1 ? [t('vitals.systolic'), t('vitals.diastolic')] : [series.label];
    return {
      times: points.map((p) => Date.parse(p.at) / 1000),
      lines: labels.map((label, index) => ({ label, values: points.map((p) => p.values[index] ?? null) })),
    };
  }, [series, t]);
  return (
    <div className="mh-plot-box" style={{ minHeight: height + 24 }}>
      <Suspense fallback={null}>
        <Plot label={seriesLabel(series)} unit={series.unit} times={times} lines={lines} language={language} height={height} band={series.band} />
      </Suspense>
    </div>
  );
}
