import { NumberInput } from '@mantine/core';
import { IconClockBolt } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Draft, Prediction } from './request.resource';

interface DurationFieldProps { draft: Draft; prediction: UseQueryResult<Prediction | null>; change: (minutes: number | null) => void; error?: string }

/** The predicted minutes stand in the field, with where they come from beneath; another number may be typed. */
export function DurationField({ draft, prediction, change, error }: DurationFieldProps) {
  const { t } = useTranslation();
  const told = prediction.data;
  return (
    <div className="mh-duration">
      <NumberInput label={t('surgery.minutes')} min={5} max={1200} step={5} suffix={` ${t('surgery.minuteUnit')}`} value={draft.minutes ?? told?.p50 ?? draft.act?.minutes ?? ''} error={error} onChange={(value) => change(value === '' ? null : Number(value))} />
      <p className="mh-quiet" role="status">
        <IconClockBolt size={15} aria-hidden="true" />
        <span>
          {!draft.act && t('surgery.minutesWait')}
          {draft.act && prediction.isFetching && t('surgery.minutesAsking')}
          {draft.act && !prediction.isFetching && !told && t('surgery.minutesUnknown')}
          {told && (
            <>
              {t('surgery.minutesRange', { p50: told.p50, p80: told.p80, p90: told.p90 })}
              {told.provenance && <> · {told.provenance.text}</>}
            </>
          )}
        </span>
      </p>
    </div>
  );
}
