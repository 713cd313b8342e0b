import { useLanguage } from '../../../i18n';
import type { Entry } from '../core/entry.resource';
import { classWord } from '../core/words.resource';
import { isInfusion, type Catalogue } from './anaesthesia.resource';
import { doseText } from './dose';
import type { Frame } from './frame';

export interface DrugRow { name: string; class: string; entries: Entry[] }

/** A lane for each drug, in the order in which it was first given. */
export function drugRows(drugs: Entry[]): DrugRow[] {
  const rows = new Map<string, DrugRow>();
  for (const entry of drugs) {
    const name = String(entry.values['name'] ?? entry.values['code'] ?? '');
    const row = rows.get(name.toLowerCase()) ?? { name, class: String(entry.values['class'] ?? ''), entries: [] };
    row.entries.push(entry);
    rows.set(name.toLowerCase(), row);
  }
  return [...rows.values()];
}

interface DrugLanesProps { rows: DrugRow[]; catalogue: Catalogue; frame: Frame; top: number; tall: number; now: number }

/** A bolus is a mark with its dose, an infusion a bar with its rate; the colour is that of the class, whose name stands with it. */
export function DrugLanes({ rows, catalogue, frame, top, tall, now }: DrugLanesProps) {
  const language = useLanguage();
  return (
    <g>
      {rows.map((row, index) => {
        const y = top + index * tall;
        const kind = catalogue.classes.find(({ code }) => code === row.class);
        return (
          <g key={row.name}>
            <rect x={4} y={y + 3} width={12} height={tall - 6} fill={kind?.colour ?? '#ffffff'} className="mh-chart-swatch" />
            {kind?.striped && <path d={`M4 ${y + tall - 3} l12 -${tall - 6}`} className="mh-chart-stripe" />}
            <text x={21} y={y + 12} className="mh-chart-drug">{row.name.toLowerCase()}</text>
            <text x={21} y={y + 23} className="mh-chart-class">{classWord(row.class, kind?.label ?? '')}</text>
            <line x1={frame.left} x2={frame.right} y1={y + tall} y2={y + tall} className="mh-chart-grid" />
            {row.entries.map((entry) => <Given key={entry.id} entry={entry} colour={kind?.colour ?? '#ffffff'} frame={frame} y={y} tall={tall} now={now} text={doseText(entry.values, language)} />)}
          </g>
        );
      })}
    </g>
  );
}

function Given({ entry, colour, frame, y, tall, now, text }: { entry: Entry; colour: string; frame: Frame; y: number; tall: number; now: number; text: string }) {
  const x = frame.x(Date.parse(entry.time));
  const late = x > frame.right - 70;
  if (!isInfusion(entry)) return <g><circle cx={x} cy={y + tall / 2} r={5} fill={colour} className="mh-chart-swatch" /><text x={late ? x - 8 : x + 8} y={y + tall / 2 + 4} textAnchor={late ? 'end' : 'start'} className="mh-chart-dose">{text}</text></g>;
  const end = frame.x(entry.values['until'] ? Date.parse(String(entry.values['until'])) : now);
  // A bar that began a moment ago is too short for its text, which stands before it.
  const short = x > frame.right - 130;
  return <g><rect x={x} y={y + 5} width={Math.max(3, Math.min(end, frame.right) - x)} height={tall - 10} rx={3} fill={colour} className="mh-chart-swatch" /><text x={short ? x - 5 : x + 5} y={y + tall / 2 + 4} textAnchor={short ? 'end' : 'start'} className={short ? 'mh-chart-dose' : 'mh-chart-onbar'}>{text}</text></g>;
}
