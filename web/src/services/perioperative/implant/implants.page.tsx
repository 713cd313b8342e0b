import { IconCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import { Panel } from '../../../design/Panel';
import type { PageProps } from '../../../slots';
import { CaseFrame } from '../core/case-frame.panel';
import type { Surgery } from '../core/surgery.resource';
import { Found } from './found.panel';
import { useScan, type Scanned } from './implant.resource';
import { ImplantList } from './list.panel';
import { PickList } from './pick-list.panel';
import { ScanField } from './scan-field.form';
import { TypedLabel } from './typed-label.form';

/** Implants of a case by scan, and what its preference card wants. */
export default function ImplantsPage({ PatientFrame }: PageProps) {
  return (
    <CaseFrame PatientFrame={PatientFrame}>
      {(surgery) => (
        <div className="mh-peri-halves">
          <div className="mh-peri-column"><Scan surgery={surgery} /><ImplantList surgery={surgery.id} /></div>
          <div className="mh-peri-column"><PickList surgery={surgery.id} /></div>
        </div>
      )}
    </CaseFrame>
  );
}

function Scan({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  const scan = useScan();
  const field = useRef<HTMLInputElement>(null);
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState<{ code: string; device: Scanned } | null>(null);
  const [stored, setStored] = useState('');
  const next = (text: string) => {
    setFound(null);
    setStored(text);
    setTurn((now) => now + 1);
  };
  const read = (code: string) => {
    setFound(null);
    setStored('');
    scan.mutate(code, { onSuccess: (device) => device && setFound({ code, device }) });
  };
  return (
    <Panel title={t('peri.scan.title')}>
      <ScanField key={turn} scan={read} busy={scan.isPending} field={field} />
      <TypedLabel key={`typed-${turn}`} read={read} busy={scan.isPending} />
      {scan.error && !found ? <FailureNotice error={scan.error} /> : null}
      {found && <Found key={found.code} surgery={surgery} code={found.code} device={found.device} done={(name) => next(name || found.device.lot || found.code)} cancel={() => next('')} again={() => field.current?.select()} />}
      <p role="status">{stored && <span className="mh-ok mh-inline"><IconCheck size={18} aria-hidden="true" />{t('peri.implant.stored', { name: stored })}</span>}</p>
    </Panel>
  );
}
