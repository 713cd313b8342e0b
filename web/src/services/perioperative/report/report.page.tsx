import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPencil } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import { Loaded, Panel } from '../../../design/Panel';
import type { PageProps } from '../../../slots';
import { CaseFrame } from '../core/case-frame.panel';
import type { Surgery } from '../core/surgery.resource';
import { sectionWord } from '../core/words.resource';
import { noteId, usePrepare, useReport, type Report } from './report.resource';

/** The operative report, begun from what the record knows. */
export default function ReportPage({ PatientFrame }: PageProps) {
  return <CaseFrame PatientFrame={PatientFrame}>{(surgery) => <Operative surgery={surgery} />}</CaseFrame>;
}

function Operative({ surgery }: { surgery: Surgery }) {
  const query = useReport(surgery.id);
  return <Loaded query={query}>{(report) => <Sheet surgery={surgery} report={report} />}</Loaded>;
}

function Sheet({ surgery, report }: { surgery: Surgery; report: Report }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const prepare = usePrepare(surgery.id);
  const { note, filled, missing, status } = report;
  const open = () => note && void navigate({ to: `/patients/${surgery.patient}/notes`, search: { note: noteId(note) } });
  return (
    <div className="mh-peri-halves">
      <Panel title={t('peri.report.title')} side={status && <span className={status === 'signed' ? 'mh-tag mh-tag-ok' : 'mh-tag'}>{t(`peri.report.status.${status}`)}</span>}>
        <div className="mh-peri-decide">
          <p>{t(note ? 'peri.report.ready' : 'peri.report.explain')}</p>
          {prepare.error ? <FailureNotice error={prepare.error} /> : null}
          <div className="mh-actions">
            {note && <Button size="lg" leftSection={<IconPencil size={18} aria-hidden="true" />} onClick={open}>{t(status === 'signed' ? 'peri.report.read' : 'peri.report.open')}</Button>}
            {status !== 'signed' && <Button size="lg" variant={note ? 'default' : 'filled'} loading={prepare.isPending} onClick={() => prepare.mutate()}>{t(note ? 'peri.report.again' : 'peri.report.prepare')}</Button>}
          </div>
          {note && <ul className="mh-peri-criteria">{filled.map((code) => <li key={code} className="mh-ok"><IconCheck size={18} aria-hidden="true" /><span>{sectionWord(code)}</span></li>)}</ul>}
        </div>
      </Panel>
      <Panel title={t('peri.report.missing')} count={missing.length}>
        {missing.length === 0 ? <p className="mh-ok mh-inline"><IconCheck size={18} aria-hidden="true" />{t('peri.report.complete')}</p> : <ul className="mh-peri-criteria">{missing.map(({ code, text }) => <li key={code} className="mh-warn"><IconAlertTriangle size={18} aria-hidden="true" /><span>{text}</span></li>)}</ul>}
      </Panel>
    </div>
  );
}
