// The facts that identify a person, in the words of the current language; shared by banner and lists.
import { useTranslation } from 'react-i18next';
import type { Age } from '../../datatypes/Date/age';
import { formatNir } from '../../datatypes/Identifier/identity';
import { codeText } from '../../i18n/code';
import type { PatientView } from './patient.resource';

export function AgeText({ age }: { age: Age | null }) {
  const { t } = useTranslation();
  return age ? <>{t(`age.${age.unit}`, { count: age.count })}</> : null;
}

export function GenderText({ gender }: { gender: string | undefined }) {
  const { t } = useTranslation();
  return gender ? <>{codeText('gender', gender)}</> : <span className="mh-absent">{t('common.notRecorded')}</span>;
}

export function NameText({ patient }: { patient: PatientView }) {
  const { t } = useTranslation();
  if (!patient.name.full) return <span className="mh-absent">{t('common.unnamed')}</span>;
  return (
    <>
      {patient.name.full}
      {patient.name.birth && <span className="mh-birth-name"> {t('banner.birthName', { context: sex(patient.gender), name: patient.name.birth })}</span>}
    </>
  );
}

export const sex = (gender: string | undefined): string => (gender === 'male' || gender === 'female' ? gender : 'other');

export function InsText({ patient }: { patient: PatientView }) {
  const { t } = useTranslation();
  const { status, matricule } = patient.identity.ins;
  return (
    <span className="mh-nowrap">
      {matricule && <>{formatNir(matricule)} </>}
      <span className={status === 'qualified' ? 'mh-tag mh-tag-ok' : 'mh-tag'}>{t(`ins.${status}`)}</span>
    </span>
  );
}
