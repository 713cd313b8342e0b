import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { mayAny, useMe } from '../../fhir/session';
import { News2View } from './news2.panel';
import type { SpO2Scale } from '../../datatypes/Observation/news2-score';
import { MEASURES, NOTHING, newsOf, readings, vitalBundle, type Awake, type Fault, type Typed } from './vitals-entry.resource';
import { useSave } from './write.resource';

const AWAKE: Exclude<Awake, ''>[] = ['alert', 'confused', 'voice', 'pain', 'unresponsive'];
const ORDER = ['pressure', 'pulse', 'temperature', 'saturation', 'flow', 'respiration', 'awake', 'pain', 'weight', 'height'] as const;

/** One line, by the keyboard: the measures of a round, its score while it is typed, one write for all. */
export function VitalsEntry({ patientId, adult, scale }: { patientId: string; adult: boolean; scale: SpO2Scale }) {
  const { t } = useTranslation();
  const me = useMe();
  const [typed, setTyped] = useState<Typed>(NOTHING);
  const [saved, setSaved] = useState(false);
  const save = useSave();
  const read = useMemo(() => readings(typed), [typed]);
  if (!mayAny(me, ['care'])) return null;
  const told = (fault: Fault | undefined) => {
    if (!fault) return undefined;
    if (fault === 'number' || fault === 'pressure') return t(`vitals.fault.${fault}`);
    return t('entry.between', { min: fault.low, max: fault.high });
  };
  const change = (name: keyof Typed, value: string) => {
    setSaved(false);
    setTyped((now) => ({ ...now, [name]: value }));
  };
  const any = Object.values(typed).some((value) => value.trim());
  const bad = Object.keys(read.faults).length > 0;
  const submit = () => {
    if (!any || bad) return;
    const words = (name: Parameters<Parameters<typeof vitalBundle>[4]>[0]) => t(`vitals.word.${name}`);
    const bundle = vitalBundle(read, typed.awake, new Date().toISOString(), patientId, words, () => crypto.randomUUID());
    save.mutate(bundle, { onSuccess: () => { setTyped(NOTHING); setSaved(true); } });
  };
  return (
    <Panel title={t('vitals.enter')} side={<span role="status">{saved ? t('vitals.saved') : t('vitals.enterHint')}</span>}>
      <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
        {save.error ? <FailureNotice error={save.error} /> : null}
        <div className="mh-entry">
          {ORDER.map((name) =>
            name === 'awake' ? (
              <NativeSelect key={name} size="xs" label={t('vitals.field.awake')} value={typed.awake} onChange={(event) => change('awake', event.currentTarget.value)} data={[{ value: '', label: t('vitals.notAssessed') }, ...AWAKE.map((value) => ({ value, label: t(`vitals.word.${value}`) }))]} />
            ) : (
              <TextInput
                key={name}
                size="xs"
                label={`${t(`vitals.field.${name}`)} (${name === 'pressure' ? MEASURES.systolic.unit : MEASURES[name].unit})`}
                inputMode="decimal"
                autoComplete="off"
                placeholder={name === 'pressure' ? '120/80' : undefined}
                value={typed[name]}
                error={told(read.faults[name])}
                onChange={(event) => change(name, event.currentTarget.value)}
              />
            ),
          )}
        </div>
        <div className="mh-actions" style={{ marginTop: 8, justifyContent: 'space-between' }}>
          {any && adult && !bad ? <News2View values={newsOf(read, typed.awake)} scale={scale} /> : <span />}
          <Button type="submit" size="xs" loading={save.isPending} disabled={!any || bad}>{t('vitals.save')}</Button>
        </div>
      </form>
    </Panel>
  );
}
