import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../../design/Panel';
import type { PageProps } from '../../../slots';
import { CaseFrame } from '../core/case-frame.panel';
import { EntryForm } from '../core/entry.form';
import type { Surgery } from '../core/surgery.resource';
import { Timeline } from '../core/timeline.panel';
import { useNow } from '../core/use-now';
import { kindWord } from '../core/words.resource';
import { doses, readings, useAnaesthesia, useCatalogue, valid, type AnaesthesiaRecord, type Catalogue } from './anaesthesia.resource';
import { FluidBalance } from './balance.panel';
import { Chart } from './chart.panel';
import { Events } from './events.panel';
import { Infusions } from './infusions.panel';
import { AnaesthesiaPaper } from './paper.panel';
import { QuickLine } from './quick.form';
import { SignsTable } from './signs-table.panel';

/** The anaesthesia record of a case. */
export default function AnaesthesiaPage({ PatientFrame }: PageProps) {
  return <CaseFrame PatientFrame={PatientFrame}>{(surgery) => <Anaesthesia surgery={surgery} />}</CaseFrame>;
}

function Anaesthesia({ surgery }: { surgery: Surgery }) {
  const record = useAnaesthesia(surgery.id);
  const catalogue = useCatalogue();
  return <Loaded query={catalogue}>{(drugs) => <Loaded query={record}>{(data) => <Sheet surgery={surgery} record={data} catalogue={drugs} />}</Loaded>}</Loaded>;
}

function Sheet({ surgery, record, catalogue }: { surgery: Surgery; record: AnaesthesiaRecord; catalogue: Catalogue }) {
  const { t } = useTranslation();
  const now = useNow();
  const given = doses(record);
  const signs = readings(record.entries);
  return (
    <div className="mh-peri-stack">
      <Panel title={t('peri.quick.title')} side={<Button variant="default" size="compact-md" leftSection={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>{t('peri.print')}</Button>}>
        <QuickLine surgery={surgery.id} catalogue={catalogue} last={given.filter(({ values }) => values['mode'] !== 'infusion').at(-1)} />
      </Panel>
      <Panel title={t('peri.chart.title')} flush><Chart record={record} catalogue={catalogue} now={now} /></Panel>
      <div className="mh-peri-two">
        <div className="mh-peri-column">
          <Infusions drugs={given} surgery={surgery.id} catalogue={catalogue} now={now} />
          <Panel title={t('peri.chart.signs')} count={signs.length} flush><div className="mh-scroll mh-peri-signs" tabIndex={0} role="group" aria-label={t('peri.chart.signs')}><SignsTable readings={signs} /></div></Panel>
          <Timeline title={t('peri.timeline')} sheet="anaesthesia" surgery={surgery.id} entries={[...record.entries, ...record.drugs]} kinds={record.kinds} />
        </div>
        <div className="mh-peri-column">
          <MoreEntries surgery={surgery.id} record={record} />
          <FluidBalance balance={record.balance} />
          <Events events={valid(record.entries).filter(({ kind }) => kind === 'event')} surgery={surgery.id} kind={record.kinds.find(({ kind }) => kind === 'event')} />
        </div>
      </div>
      <AnaesthesiaPaper surgery={surgery} record={record} catalogue={catalogue} now={now} />
    </div>
  );
}

/** Everything that has more than a line says. */
function MoreEntries({ surgery, record }: { surgery: string; record: AnaesthesiaRecord }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  const kind = record.kinds.find((one) => one.kind === open);
  return (
    <Panel title={t('peri.enter')}>
      {kind ? (
        <EntryForm key={kind.kind} sheet="anaesthesia" surgery={surgery} kind={kind} done={() => setOpen(null)} cancel={() => setOpen(null)} />
      ) : (
        <div className="mh-peri-kinds mh-peri-kinds-plain">{record.kinds.map((one) => <button key={one.kind} type="button" onClick={() => setOpen(one.kind)}>{kindWord(one.kind)}</button>)}</div>
      )}
    </Panel>
  );
}
