import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { figureText, useCounted, type Asked, type FigureRow, type Indicator } from './indicators.resource';

interface CountedPanelProps { asked: Asked; indicator: Indicator; row: FigureRow | null }

/** The cases behind a figure: shown when they are asked for, because each look is written in the log. */
export function CountedPanel({ asked, indicator, row }: CountedPanelProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const shown = open || row !== null;
  return (
    <Panel title={row ? t('figures.casesOf', { who: row.name }) : t('figures.casesAll')} flush side={!shown && <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>{t('figures.showCases')}</Button>}>
      {shown && <CountedTable asked={asked} indicator={indicator} row={row} />}
    </Panel>
  );
}

function CountedTable({ asked, indicator, row }: CountedPanelProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const query = useCounted(asked, indicator.code, row?.key ?? '');
  return (
    <div className="mh-scroll mh-counted" tabIndex={0} role="group" aria-label={indicator.name}>
      <Loaded query={query}>
        {(cases) =>
          cases.length ? (
            <table className="mh-table mh-sticky">
              <thead>
                <tr>
                  <th scope="col">{t('common.date')}</th>
                  <th scope="col">{t('figures.case')}</th>
                  <th scope="col">{t('surgery.act')}</th>
                  <th scope="col">{t('figures.group.room')}</th>
                  <th scope="col">{t('figures.group.surgeon')}</th>
                  <th scope="col" className="mh-num">{indicator.name}</th>
                </tr>
              </thead>
              <tbody>
                {cases.map((one) => (
                  <tr key={one.id}>
                    <td className="mh-tight"><DateText value={one.day} /></td>
                    <td className="mh-tight"><Link className="mh-rowlink" to={`/surgeries/${one.id}`}>{one.number}</Link></td>
                    <td>{one.act}</td>
                    <td>{one.room}</td>
                    <td>{one.surgeon ?? '–'}</td>
                    <td className="mh-num">{figureText(one.value, indicator.unit, language)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : (
            <p className="mh-empty">{t('figures.none')}</p>
          )
        }
      </Loaded>
    </div>
  );
}
