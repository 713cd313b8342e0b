import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { today } from '../../datatypes/Date/today';
import { FailureNotice } from '../../design/FailureNotice';
import { coded } from './entry-forms.resource';
import { useTools } from './row-actions.panel';
import { useSave } from './write.resource';

const NO_KNOWN_ALLERGY = '716186003';

/** « None known » is a statement of its own: somebody asked. */
export function NoneKnown({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const tools = useTools();
  const save = useSave();
  if (!tools) return null;
  const state = () =>
    save.mutate({
      resourceType: 'AllergyIntolerance',
      clinicalStatus: coded('allergyintolerance-clinical', 'active'),
      verificationStatus: coded('allergyintolerance-verification', 'confirmed'),
      code: coded('http://snomed.info/sct', NO_KNOWN_ALLERGY, t('allergies.noneKnown')),
      patient: { reference: `Patient/${patientId}` },
      recordedDate: today(),
    } as Parameters<typeof save.mutate>[0]);
  return (
    <div className="mh-empty">
      {save.error ? <FailureNotice error={save.error} /> : null}
      <Button size="compact-sm" variant="default" loading={save.isPending} onClick={state}>{t('background.stateNone')}</Button>
    </div>
  );
}
