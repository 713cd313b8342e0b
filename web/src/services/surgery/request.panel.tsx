import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import { DateText } from '../../datatypes/Date/DateText';
import { Panel } from '../../design/Panel';
import type { Surgery } from './case.resource';

/** What was asked for; what nobody said is told so. */
export function RequestPanel({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('surgery.asked')} side={surgery.requested && <DateText value={surgery.requested} />}>
      <dl className="mh-facts">
        <Row label={t('surgery.act')}><strong>{surgery.act}</strong> <span className="mh-quiet">{surgery.actCode}</span></Row>
        <Row label={t('surgery.side')}>{surgery.side ? <SideMark side={surgery.side} /> : <span className="mh-quiet">{t('surgery.noSide')}</span>}</Row>
        <Row label={t('surgery.diagnosis')}>{surgery.diagnosis}</Row>
        <Row label={t('surgery.urgency')}>{t(`surgery.urgencies.${surgery.urgency}`)}</Row>
        <Row label={t('surgery.target')}>{surgery.target && <DateText value={surgery.target} />}</Row>
        <Row label={t('surgery.setting')}>{surgery.setting === 'inpatient' ? t('surgery.inpatientFor', { count: surgery.nights }) : t('surgery.settings.ambulatory')}</Row>
        <Row label={t('surgery.anaesthesia')}>{surgery.anaesthesia && t(`surgery.anaesthesias.${surgery.anaesthesia}`)}</Row>
        <Row label={t('surgery.position')}>{surgery.position}</Row>
        <Row label={t('surgery.approach')}>{surgery.approach}</Row>
        <Row label={t('surgery.minutes')}>{surgery.minutes && t('surgery.minutesValue', { count: surgery.minutes })}</Row>
        <Row label={t('surgery.needs')}>{surgery.needs.length ? <span className="mh-tags">{surgery.needs.map((need) => <span key={`${need.kind}${need.text}`} className="mh-tag">{need.text}</span>)}</span> : <span className="mh-quiet">{t('surgery.noNeeds')}</span>}</Row>
        <Row label={t('surgery.note')}>{surgery.note}</Row>
      </dl>
    </Panel>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="mh-fact-row">
      <dt>{label}</dt>
      <dd>{children || <span className="mh-absent">{t('common.notRecorded')}</span>}</dd>
    </div>
  );
}
