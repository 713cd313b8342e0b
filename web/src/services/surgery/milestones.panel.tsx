import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { Panel } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import type { Surgery } from './case.resource';
import { CorrectModal } from './correct.modal';
import { marksWith } from './day.resource';
import { ROOM_MILESTONES } from './projection';
import { overlay } from './queue';
import { tapsOf, useTapState } from './use-taps';

/** The hours of the theatre, as they were tapped. */
export function MilestonesPanel({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [open, setOpen] = useState(false);
  const taps = overlay(useTapState(tapsOf(useMe())));
  const marks = marksWith(surgery.milestones, taps, surgery.id);
  return (
    <Panel title={t('milestone.title')} side={surgery.milestones.length > 0 && <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>{t('milestone.correct')}</Button>}>
      {open && <CorrectModal surgery={surgery} close={() => setOpen(false)} />}
      <ol className="mh-day-marks mh-case-marks">
        {ROOM_MILESTONES.map((code) => {
          const mark = marks.find((one) => one.code === code);
          return (
            <li key={code} data-told={mark ? true : undefined}>
              <span>{t(`milestone.name.${code}`)}</span>
              <strong>{mark ? formatTime(mark.time, language) : '–'}</strong>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
