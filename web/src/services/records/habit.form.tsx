import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { LOINC } from '../../datatypes/CodeableConcept/concept';
import type { Resource } from '../../fhir/types';
import { coded } from './entry-forms.resource';
import { useTools } from './row-actions.panel';
import { useSave } from './write.resource';

const SNOMED = 'http://snomed.info/sct';
const TOBACCO = { never: '266919005', former: '8517006', current: '77176002' } as const;
type Tobacco = keyof typeof TOBACCO;
const LIMIT = 300;

const numberIn = (text: string): number | null => (text.trim() === '' ? null : Number(text.replace(',', '.')));
const wrong = (text: string) => {
  const number = numberIn(text);
  return number !== null && !(number >= 0 && number <= LIMIT);
};

interface Told { state: string; packs: number | null; drinks: number | null }

type Words = (key: 'tobacco' | 'packYears' | 'packYearsUnit' | 'alcohol' | 'drinksUnit' | `smoker.${Tobacco}`) => string;

/** One Observation for each thing that was told. */
function habits({ state, packs, drinks }: Told, patientId: string, words: Words): Resource[] {
  const observation = (code: string, label: string, value: object) => ({
    resourceType: 'Observation',
    status: 'final',
    category: [coded('observation-category', 'social-history')],
    code: coded(LOINC, code, label),
    subject: { reference: `Patient/${patientId}` },
    effectiveDateTime: new Date().toISOString(),
    ...value,
  });
  const quantity = (value: number, unit: string, code: string) => ({ valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code } });
  const told: Resource[] = [];
  if (state) told.push(observation('72166-2', words('tobacco'), { valueCodeableConcept: coded(SNOMED, TOBACCO[state as Tobacco], words(`smoker.${state as Tobacco}`)) }));
  if (packs !== null) told.push(observation('8664-5', words('packYears'), quantity(packs, words('packYearsUnit'), '{PackYears}')));
  if (drinks !== null) told.push(observation('11331-6', words('alcohol'), quantity(drinks, words('drinksUnit'), '{drinks}/wk')));
  return told;
}

/** Tobacco and alcohol as they are today: new Observations, the older ones stay. */
export function HabitForm({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const tools = useTools();
  const [open, setOpen] = useState(false);
  const [state, setState] = useState('');
  const [packs, setPacks] = useState('');
  const [drinks, setDrinks] = useState('');
  const save = useSave();
  const close = () => setOpen(false);
  if (!tools) return null;
  const any = state !== '' || packs.trim() !== '' || drinks.trim() !== '';
  const bad = wrong(packs) || wrong(drinks);
  return (
    <>
      <Button size="compact-sm" variant="default" className="mh-noprint" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setOpen(true)}>{t('background.record')}</Button>
      <Modal opened={open} onClose={close} title={t('background.recordHabits')} size={520} closeOnClickOutside={false} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <form onSubmit={(event) => { event.preventDefault(); if (any && !bad) save.mutate(habits({ state, packs: numberIn(packs), drinks: numberIn(drinks) }, patientId, (key) => t(`background.${key}`)), { onSuccess: () => { close(); setState(''); setPacks(''); setDrinks(''); } }); }}>
          {save.error ? <FailureNotice error={save.error} /> : null}
          <div className="mh-fields">
            <NativeSelect label={t('background.tobacco')} value={state} onChange={(event) => setState(event.currentTarget.value)} data={[{ value: '', label: t('background.unchanged') }, ...(Object.keys(TOBACCO) as Tobacco[]).map((value) => ({ value, label: t(`background.smoker.${value}`) }))]} />
            <TextInput label={t('background.packYears')} inputMode="decimal" value={packs} onChange={(event) => setPacks(event.currentTarget.value)} error={wrong(packs) ? t('entry.between', { min: 0, max: LIMIT }) : undefined} />
            <TextInput label={t('background.alcoholWeek')} inputMode="decimal" value={drinks} onChange={(event) => setDrinks(event.currentTarget.value)} error={wrong(drinks) ? t('entry.between', { min: 0, max: LIMIT }) : undefined} />
          </div>
          <div className="mh-actions mh-actions-end">
            <Button variant="default" onClick={close}>{t('form.cancel')}</Button>
            <Button type="submit" loading={save.isPending} disabled={!any || bad}>{t('entry.save')}</Button>
          </div>
        </form>
      </Modal>
    </>
  );
}
