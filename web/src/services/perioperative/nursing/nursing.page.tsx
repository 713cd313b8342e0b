import { IconBandage, IconBolt, IconBottle, IconBucketDroplet, IconClockPause, IconDroplet, IconListNumbers, IconNote, IconStretching, IconTestPipe, IconUrgent, type Icon } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTyping } from '../../../design/keyboard';
import { Loaded, Panel } from '../../../design/Panel';
import type { PageProps } from '../../../slots';
import { CaseFrame } from '../core/case-frame.panel';
import type { Kind } from '../core/entry.resource';
import type { Surgery } from '../core/surgery.resource';
import { Timeline } from '../core/timeline.panel';
import { kindWord, valueWord } from '../core/words.resource';
import { Counts } from './counts.panel';
import { BodyFigure } from './figure.panel';
import { NursingForm } from './nursing.form';
import { useNursing, type NursingRecord, type Specimen } from './nursing.resource';
import { SheetButton } from './sheet-button.panel';
import { Specimens } from './specimens.panel';
import { Tourniquets } from './tourniquets.panel';

const ICONS: Record<string, Icon> = { count: IconListNumbers, position: IconStretching, tourniquet: IconClockPause, drain: IconBucketDroplet, specimen: IconTestPipe, skin: IconBottle, plate: IconBolt, irrigation: IconDroplet, incident: IconUrgent, note: IconNote };

/** What the nurses of the theatre keep of a case. */
export default function NursingPage({ PatientFrame }: PageProps) {
  return <CaseFrame PatientFrame={PatientFrame}>{(surgery) => <Nursing surgery={surgery} />}</CaseFrame>;
}

function Nursing({ surgery }: { surgery: Surgery }) {
  const query = useNursing(surgery.id);
  return <Loaded query={query}>{(record) => <Sheet surgery={surgery} record={record} />}</Loaded>;
}

function Sheet({ surgery, record }: { surgery: Surgery; record: NursingRecord }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  // Held here: while a label is to be printed, the sheet is not.
  const [label, setLabel] = useState<Specimen | null>(null);
  const kind = record.kinds.find((one) => one.kind === open);
  useKinds(record.kinds, setOpen);
  const position = [...record.entries].reverse().find((entry) => entry.kind === 'position' && entry.status !== 'struck')?.values['position'];
  return (
    <div className="mh-peri-two">
      <div className="mh-peri-column">
        <Panel title={t('peri.enter')} side={<span>{t('peri.enterKeys')}</span>}>
          {kind ? (
            <NursingForm key={kind.kind} surgery={surgery} kind={kind} record={record} close={() => setOpen(null)} />
          ) : (
            <div className="mh-peri-kinds">
              {record.kinds.map((one, index) => <KindButton key={one.kind} kind={one} digit={(index + 1) % 10} open={() => setOpen(one.kind)} />)}
            </div>
          )}
        </Panel>
        <Timeline title={t('peri.timeline')} sheet="perioperative" surgery={surgery.id} entries={record.entries} kinds={record.kinds} />
      </div>
      <div className="mh-peri-column">
        <Counts counts={record.counts} />
        <Tourniquets rows={record.tourniquets} surgery={surgery.id} />
        <Panel title={t('peri.body.title')}><BodyFigure entries={record.entries} tourniquets={record.tourniquets} position={position ? valueWord(String(position)) : null} /></Panel>
        <Specimens rows={record.specimens} surgery={surgery} shown={label} show={setLabel} />
        <SheetButton surgery={surgery} apart={label !== null} />
      </div>
    </div>
  );
}

function KindButton({ kind, digit, open }: { kind: Kind; digit: number; open: () => void }) {
  const KindIcon = ICONS[kind.kind] ?? IconBandage;
  return (
    <button type="button" onClick={open} aria-keyshortcuts={String(digit)}>
      <KindIcon size={24} stroke={1.6} aria-hidden="true" />
      <span>{kindWord(kind.kind)}</span>
      <kbd aria-hidden="true">{digit}</kbd>
    </button>
  );
}

/** A digit opens the form of its kind. */
function useKinds(kinds: Kind[], open: (kind: string) => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || document.querySelector('[role="dialog"]') || !/^\d$/.test(event.key)) return;
      const kind = kinds[(Number(event.key) + 9) % 10];
      if (!kind) return;
      event.preventDefault();
      open(kind.kind);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [kinds, open]);
}
