import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { AgeText, GenderText, InsText, NameText, sex } from './patient-facts';
import type { PatientView } from './patient.resource';

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
  const banner = <BannerFacts patient={patient} />;
  return slot ? createPortal(banner, slot) : banner;
}

export function BannerFacts({ patient }: { patient: PatientView }) {
  const { t } = useTranslation();
  const context = sex(patient.gender);
  return (
    <section className="mh-banner" data-deceased={patient.deceased || undefined} aria-label={t('banner.label')}>
      <p className="mh-banner-name">
        <NameText patient={patient} />
      </p>
      <Fact label={t('banner.born', { context })}>
        <DateText value={patient.birthDate} />
        {patient.age && !patient.deceased && <> (<AgeText age={patient.age} />)</>}
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
