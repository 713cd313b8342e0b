import { Button, Modal } from '@mantine/core';
import { IconPrinter, IconTag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDateTime, formatTime } from '../../../datatypes/Date/format';
import { Panel } from '../../../design/Panel';
import { Paper } from '../../../design/Paper';
import { useLanguage } from '../../../i18n';
import { valueWord } from '../core/words.resource';
import type { Surgery } from '../core/surgery.resource';
import type { Specimen } from './nursing.resource';

/** Specimens with their number; the label carries the patient's identity. */
export function Specimens({ rows, surgery, shown, show }: { rows: Specimen[]; surgery: Surgery; shown: Specimen | null; show: (label: Specimen | null) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Panel title={t('peri.specimens.title')} count={rows.length || null} flush>
      {rows.length === 0 && <p className="mh-empty">{t('peri.specimens.none')}</p>}
      <ul className="mh-list">
        {rows.map((row) => (
          <li key={row.reference} className="mh-row">
            <strong className="mh-nowrap">{row.number}</strong>
            <span className="mh-grow">{row.nature} <span className="mh-quiet">{valueWord(row.container)} · {valueWord(row.exam)} · {formatTime(row.time, language)}</span></span>
            <Button variant="default" leftSection={<IconTag size={16} aria-hidden="true" />} aria-label={t('peri.specimens.labelOf', { number: row.number })} onClick={() => show(row)}>{t('peri.specimens.label')}</Button>
          </li>
        ))}
      </ul>
      {shown && (
        <Modal opened onClose={() => show(null)} title={t('peri.specimens.labelOf', { number: shown.number })} closeButtonProps={{ 'aria-label': t('common.close') }}>
          <LabelText row={shown} surgery={surgery} />
          <div className="mh-actions mh-actions-end"><Button size="lg" leftSection={<IconPrinter size={18} aria-hidden="true" />} onClick={() => window.print()}>{t('peri.print')}</Button></div>
          <Paper patientId={surgery.patient} title={shown.number}><LabelText row={shown} surgery={surgery} /></Paper>
        </Modal>
      )}
    </Panel>
  );
}

function LabelText({ row, surgery }: { row: Specimen; surgery: Surgery }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <dl className="mh-facts">
      <dt>{t('peri.field.nature')}</dt><dd><strong>{row.nature}</strong></dd>
      <dt>{t('peri.field.site')}</dt><dd>{row.site || t('common.notRecorded')}</dd>
      <dt>{t('peri.field.container')}</dt><dd>{valueWord(row.container)}</dd>
      <dt>{t('peri.field.exam')}</dt><dd>{valueWord(row.exam)}</dd>
      <dt>{t('peri.specimens.taken')}</dt><dd>{formatDateTime(row.time, language)}</dd>
      <dt>{t('peri.specimens.act')}</dt><dd>{surgery.act}</dd>
    </dl>
  );
}
