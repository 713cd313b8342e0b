import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entry } from '../core/entry.resource';
import { doses, reachOf, readings, valid, type AnaesthesiaRecord, type Catalogue } from './anaesthesia.resource';
import { along, spanOf, ticksOf } from './axis';
import { DrugLanes, drugRows } from './drug-lanes.panel';
import { EventLane, NAME_ROWS, NAME_TALL, TimeTicks } from './event-lane.panel';
import { PressureLane, PulseLane, SaturationLane } from './vital-lanes.panel';
import './chart.css';

const LEFT = 168;
const RIGHT = 26;
const TOP = 9 + NAME_ROWS * NAME_TALL;
const GAP = 18;
const LANE = { pressure: 150, pulse: 72, saturation: 48, drug: 26, events: 46, ticks: 22 };

interface ChartProps { record: AnaesthesiaRecord; catalogue: Catalogue; now: number; /** A fixed width, for paper. */ width?: number }

/** The record along its time: pressure, pulse and saturation each with its own unit, events, and a lane a drug. */
export function Chart({ record, catalogue, now, width }: ChartProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(width ?? 900);
  useEffect(() => {
    const element = box.current;
    if (!element || width) return;
    const resized = new ResizeObserver(() => setSeen(Math.max(480, element.clientWidth)));
    resized.observe(element);
    return () => resized.disconnect();
  }, [width]);
  const signs = readings(record.entries);
  const drugs = doses(record);
  const events = valid(record.entries).filter(({ kind }) => kind === 'event');
  const rows = drugRows(drugs);
  const reach = reachOf(record, now);
  const span = spanOf([...signs.map(({ time }) => time), ...[...drugs, ...events].map(({ time }) => Date.parse(time)), ...ends(drugs, reach), ...record.milestones.map(({ time }) => Date.parse(time))]);
  if (!span) return <p className="mh-empty">{t('peri.chart.empty')}</p>;
  const inner = seen - LEFT - RIGHT;
  const x = along(span, LEFT, inner);
  const pulse = TOP + LANE.pressure + GAP;
  const saturation = pulse + LANE.pulse + GAP;
  const tops = { pressure: TOP, pulse, saturation, events: saturation + LANE.saturation + 10 };
  const drugTop = tops.events + LANE.events;
  const total = drugTop + rows.length * LANE.drug + LANE.ticks + 4;
  const frame = { x, left: LEFT, right: seen - RIGHT };
  return (
    <div ref={box} className="mh-peri-chart">
      <svg width={seen} height={total} viewBox={`0 0 ${seen} ${total}`} role="img" aria-label={t('peri.chart.label')}>
        <TimeTicks ticks={ticksOf(span, inner)} frame={frame} bottom={total - LANE.ticks} />
        <PressureLane readings={signs} frame={frame} top={tops.pressure} tall={LANE.pressure} />
        <PulseLane readings={signs} frame={frame} top={tops.pulse} tall={LANE.pulse} />
        <SaturationLane readings={signs} frame={frame} top={tops.saturation} tall={LANE.saturation} />
        <EventLane events={events} milestones={record.milestones} frame={frame} top={tops.events} tall={LANE.events} />
        <DrugLanes rows={rows} catalogue={catalogue} frame={frame} top={drugTop} tall={LANE.drug} now={reach} />
      </svg>
    </div>
  );
}

/** Where infusions end; one that runs reaches to now. */
const ends = (drugs: Entry[], now: number): number[] => drugs.filter(({ values }) => values['mode'] === 'infusion').map(({ values }) => (values['until'] ? Date.parse(String(values['until'])) : now));
