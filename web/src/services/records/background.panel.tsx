import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { useFamily, useFlags, useHabits } from './background.resource';
import { FLAG, IMMUNIZATION, SURGERY, familyForm } from './entry-forms.resource';
import { HabitForm } from './habit.form';
import { useMedications } from './medications.resource';
import { useObservations } from './observations.resource';
import { ACTS, AddButton, RowActions } from './row-actions.panel';
import { useEvents, type EventRow } from './timeline.resource';

const useFamilyForm = () => {
  const { t } = useTranslation();
  return useMemo(() => familyForm((relation) => t(`entry.option.${relation}`)), [t]);
};

export function FamilyPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const form = useFamilyForm();
  const query = useFamily(patientId, useLanguage());
  return (
    <Panel title={t('background.family')} count={query.data?.length} flush side={<AddButton form={form} label={t('entry.add')} />}>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ul className="mh-list mh-list-acts">
              {rows.map((row, index) => (
                <li key={`${row.id}/${index}`}>
                  <span className="mh-wraps"><span className="mh-strong">{row.disease || t('common.notRecorded')}</span> <span className="mh-quiet">{row.relation}</span></span>
                  <span className="mh-quiet mh-nowrap">{row.age ? t('background.atAge', { age: row.age }) : t('background.ageUnknown')}</span>
                  <RowActions form={form} type="FamilyMemberHistory" id={row.id} label={`${row.disease} (${row.relation})`} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('background.noFamily')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}

const BMI = '39156-5';
/** Antithrombotics, by the letters of their ATC code or by name where none is coded. */
const ANTICOAGULANT = /(warfarine|fluindione|ac[ée]nocoumarol|apixaban|rivaroxaban|dabigatran|[ée]doxaban|[ée]noxaparine|h[ée]parine|tinzaparine|fondaparinux)/i;

/** Tobacco, alcohol, body mass and anticoagulants in one look; what nobody asked says so. */
export function HabitsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const habits = useHabits(patientId, language);
  const vitals = useObservations(patientId, 'vital-signs', language);
  const drugs = useMedications(patientId, language);
  const series = vitals.data?.series.find((s) => s.code === BMI);
  const bmi = series?.points[0];
  const thinners = drugs.data?.filter((row) => row.current && ANTICOAGULANT.test(row.name.international ?? row.name.brand ?? ''));
  const absent = <span className="mh-absent">{t('common.notRecorded')}</span>;
  const fact = (code: string) => {
    const found = habits.data?.find((habit) => habit.code === code);
    return found ? <>{found.value} <small className="mh-quiet"><DateText value={found.at} /></small></> : absent;
  };
  return (
    <Panel title={t('background.habits')} flush side={<HabitForm patientId={patientId} />}>
      <Loaded query={habits}>
        {() => (
          <dl className="mh-habits">
            <div><dt>{t('background.tobacco')}</dt><dd>{fact('72166-2')}</dd></div>
            <div><dt>{t('background.packYears')}</dt><dd>{fact('8664-5')}</dd></div>
            <div><dt>{t('background.alcohol')}</dt><dd>{fact('11331-6')}</dd></div>
            <div><dt>{t('background.bmi')}</dt><dd>{vitals.isError ? <span className="mh-warn">{t('background.unavailable')}</span> : bmi ? <>{bmi.text} {series?.unit} <small className="mh-quiet"><DateText value={bmi.at} /></small></> : absent}</dd></div>
            <div><dt>{t('background.anticoagulant')}</dt><dd>{drugs.isError ? <span className="mh-warn">{t('background.unavailable')}</span> : thinners?.length ? <span className="mh-inline mh-warn"><IconAlertTriangle size={14} aria-hidden="true" />{[...new Set(thinners.map((row) => row.name.international ?? row.name.brand))].join(', ')}</span> : drugs.data ? t('background.noAnticoagulant') : absent}</dd></div>
          </dl>
        )}
      </Loaded>
    </Panel>
  );
}

export function FlagsPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useFlags(patientId);
  return (
    <Panel title={t('background.flags')} count={query.data?.filter((row) => row.active).length} flush side={<AddButton form={FLAG} label={t('entry.add')} />}>
      <Loaded query={query}>
        {(rows) =>
          rows.length ? (
            <ul className="mh-list mh-list-acts">
              {rows.map((row) => (
                <li key={row.id}>
                  <span className={row.active ? 'mh-flagline mh-strong mh-wraps' : 'mh-flagline mh-quiet mh-wraps'}>{row.active && <IconAlertTriangle size={15} aria-hidden="true" />}{row.text}</span>
                  <span className="mh-quiet mh-nowrap">{row.active ? t('medications.since') : t('background.ended')} <DateText value={row.active ? row.since : row.until} /></span>
                  <RowActions form={FLAG} type="Flag" id={row.id} label={row.text} acts={row.active ? [ACTS.endFlag] : []} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('background.noFlag')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}

/** Operations and vaccinations: what was done, when, on which side. */
export function EventsPanel({ patientId, type }: { patientId: string; type: 'Procedure' | 'Immunization' }) {
  const { t } = useTranslation();
  const query = useEvents(patientId, type, true);
  const rows = query.data?.pages.flatMap((page) => page.rows).filter((row) => row.status !== 'entered-in-error');
  const form = type === 'Procedure' ? SURGERY : IMMUNIZATION;
  return (
    <Panel title={t(`history.${type}`)} count={rows?.length} flush side={<>{query.hasNextPage ? t('common.newestOnly') : null}<AddButton form={form} label={t('entry.add')} /></>}>
      <Loaded query={query}>
        {() =>
          rows?.length ? (
            <ul className="mh-list mh-list-acts">
              {rows.map((row: EventRow) => (
                <li key={row.key}>
                  <span className="mh-wraps">{row.title} <SideMark side={row.side} /></span>
                  <span className="mh-quiet mh-nowrap"><DateText value={row.at || undefined} /></span>
                  <RowActions form={form} type={type} id={row.key.split('/')[1] ?? ''} label={row.title} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="mh-empty">{t('history.none')}</p>
          )
        }
      </Loaded>
    </Panel>
  );
}
