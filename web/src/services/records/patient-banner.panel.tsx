import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { useFlags } from './background.resource';
import { AgeText, GenderText, InsText, NameText, sex } from './patient-facts';
import type { PatientView } from './patient.resource';
import './chart.css';

/**
 * Whose record this is: full width, under the header, never covered, always in the same order:
 * NOM Prénom · birth date (age) · sex · INS and its status · IPP. A deceased person has another ground and pattern.
 */
export function PatientBanner({ patient }: { patient: PatientView }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${patient.name.full || t('common.unnamed')} · Medical Hub`;
  }, [patient, t]);
  const slot = document.getElementById('mh-banner');
  const banner = <BannerFacts patient={patient} flags={<BannerFlags patientId={patient.id} />} />;
  return slot ? createPortal(banner, slot) : banner;
}

/** What everyone must know at once; read by its own request, so that it never holds back who the patient is. */
function BannerFlags({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useFlags(patientId);
  const active = query.data?.filter((row) => row.active) ?? [];
  if (query.isError) return <div className="mh-banner-flags"><span className="mh-tag mh-tag-warn">{t('background.flagsUnavailable')}</span></div>;
  return (
    <div className="mh-banner-flags">
      {active.map((row) => <span key={row.id} className="mh-tag mh-tag-warn mh-wraps"><IconAlertTriangle size={13} aria-hidden="true" />{row.text}</span>)}
    </div>
  );
}

const MAJORITY = 18;

const isMinor = ({ age, deceased }: PatientView): boolean => !deceased && age !== null && (age.unit !== 'year' || age.count < MAJORITY);

export function BannerFacts({ patient, flags }: { patient: PatientView; flags?: React.ReactNode }) {
  const { t } = useTranslation();
  const context = sex(patient.gender);
  return (
    <section className="mh-banner" data-deceased={patient.deceased || undefined} aria-label={t('banner.label')}>
      {patient.photo && <img className="mh-banner-photo" src={patient.photo} alt={t('banner.photo')} width={40} height={40} />}
      <p className="mh-banner-name">
        <NameText patient={patient} />
      </p>
      <Fact label={t('banner.born', { context })}>
        <DateText value={patient.birthDate} />
        {patient.age && !patient.deceased && <> (<AgeText age={patient.age} />)</>}
        {isMinor(patient) && <> <span className="mh-tag mh-tag-accent">{t('background.minor')}</span></>}
      </Fact>
      {patient.deceased && (
        <Fact label={t('banner.deceased', { context })}>
          {patient.deceasedOn ? <DateText value={patient.deceasedOn} /> : t('banner.deathDateUnknown')}
          {patient.age && patient.deceasedOn && <> (<AgeText age={patient.age} />)</>}
        </Fact>
      )}
      <Fact label={t('banner.sex')}>
        <GenderText gender={patient.gender} />
      </Fact>
      <Fact label={t('banner.ins')}>
        <InsText patient={patient} />
      </Fact>
      <Fact label={t('banner.ipp')}>{patient.identity.ipp ?? <span className="mh-absent">{t('common.notRecorded')}</span>}</Fact>
      {flags}
    </section>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <p className="mh-banner-fact">
      <span>{label}</span> <strong>{children}</strong>
    </p>
  );
}
