import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import type { DosageView } from '../../datatypes/Dosage/medication';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { codeText } from '../../i18n/code';
import { ACTS, RowActions } from './row-actions.panel';
import { medicationForm } from './entry-forms.resource';
import { AddMedication } from './add-medication.panel';
import { useMedications, type MedicationRow } from './medications.resource';

export function MedicationsPanel({ patientId, which }: { patientId: string; which: 'current' | 'past' }) {
  const { t } = useTranslation();
  const query = useMedications(patientId, useLanguage());
  const rows = query.data?.filter((row) => row.current === (which === 'current'));
  return (
    <Panel title={t(`medications.${which}`)} count={rows?.length} flush side={which === 'current' ? <AddMedication /> : null}>
      <Loaded query={query}>
        {() =>
          rows?.length ? (
            <ul className="mh-list mh-list-acts">
              {rows.map((row) => (
                <MedicationLine key={row.id} row={row} />
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t(`medications.none_${which}`)}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}

function MedicationLine({ row }: { row: MedicationRow }) {
  const { t } = useTranslation();
  const { international, detail, brand } = row.name;
  const [type = '', id = ''] = row.id.split('/');
  const form = useMemo(() => medicationForm((route) => t(`entry.option.${route}`)), [t]);
  const label = [international, detail, brand].filter(Boolean).join(' ');
  return (
    <li>
      <div>
        {international && <strong>{international}</strong>} {detail && <span>{detail}</span>} {brand && <span className={international ? 'mh-quiet' : 'mh-strong'}>{brand}</span>}
        {!international && !brand && <span className="mh-absent">{t('common.notRecorded')}</span>}
        {row.dosages.map((dosage, index) => (
          <DosageLine key={index} dosage={dosage} />
        ))}
      </div>
      <div className="mh-split-side">
        {row.status !== 'active' && <span className="mh-tag">{codeText('medicationStatus', row.status)}</span>}
        <span className="mh-num">
          {t('medications.since')} <DateText value={row.since} />
          {row.until && <> {t('medications.until')} <DateText value={row.until} /></>}
          {row.prescribed && row.prescribed !== row.since && <div>{t('medications.prescribed')} <DateText value={row.prescribed} /></div>}
        </span>
      </div>
      <RowActions form={type === 'MedicationStatement' ? form : undefined} type={type} id={id} label={label} acts={row.current ? [ACTS.stop] : []} />
    </li>
  );
}

function DosageLine({ dosage }: { dosage: DosageView }) {
  const { t } = useTranslation();
  const { dose, route, frequency, asNeeded, text } = dosage;
  if (text) return <div className="mh-dose">{text}</div>;
  return (
    <div className="mh-dose">
      {dose && <span className="mh-strong">{dose}</span>}
      {route && <span>{route}</span>}
      {frequency && <span>{t('medications.frequency', { count: frequency.count, period: frequency.period === '1' ? '' : `${frequency.period}\u00a0`, unit: t(`periodUnit.${frequency.unit}` as 'periodUnit.d') })}</span>}
      {asNeeded && <span>{t('medications.asNeeded')}</span>}
      {!dose && !frequency && !asNeeded && <span className="mh-absent">{t('medications.doseNotRecorded')}</span>}
    </div>
  );
}
