import { Button, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../datatypes/Date/DateText';
import { formatTime } from '../../../datatypes/Date/format';
import { FailureNotice } from '../../../design/FailureNotice';
import { Loaded, Panel } from '../../../design/Panel';
import { useLanguage } from '../../../i18n';
import type { PageProps } from '../../../slots';
import { CaseFrame } from '../core/case-frame.panel';
import { faultsOf } from '../core/check';
import { isRefusal } from '../core/entry.resource';
import { Fields } from '../core/fields.form';
import type { Surgery } from '../core/surgery.resource';
import { fieldWord } from '../core/words.resource';
import { Mallampati } from './mallampati.panel';
import { useVisitDraft } from './use-draft';
import { fieldsOf, isNeeded, missing, useVisit, type Part, type Visit } from './visit.resource';

/** The pre-anaesthetic consultation. */
export default function VisitPage({ PatientFrame }: PageProps) {
  return <CaseFrame PatientFrame={PatientFrame}>{(surgery) => <Consultation surgery={surgery} />}</CaseFrame>;
}

function Consultation({ surgery }: { surgery: Surgery }) {
  const query = useVisit(surgery.id);
  return <Loaded query={query}>{(visit) => <VisitForm surgery={surgery} first={visit} />}</Loaded>;
}

const LEFT: Part[] = ['risk', 'airway', 'fasting'];
const RIGHT: Part[] = ['history', 'plan'];

function VisitForm({ surgery, first }: { surgery: Surgery; first: Visit }) {
  const { t } = useTranslation();
  const { visit, values, change, keeping, save } = useVisitDraft(surgery.id, first);
  const [override, setOverride] = useState('');
  const [tried, setTried] = useState(false);
  const wanting = missing(values);
  const faults = faultsOf(visit.fields.map((field) => ({ ...field, required: false })), values);
  const late = isRefusal(save.error, 'preanaesthesia.late') || visit.rule.state === 'late';
  const told = Object.fromEntries(Object.entries(faults).map(([name, fault]) => [name, t(`peri.fault.${fault}`)]));
  const finish = () => {
    setTried(true);
    if (wanting.length || Object.keys(faults).length || save.isPending) return;
    save.mutate({ complete: true, ...(override.trim() ? { overrideReason: override.trim() } : {}) });
  };
  const part = (name: Part) => (
    <Panel key={name} title={t(`peri.visit.part.${name}`)}>
      {name === 'airway' && <Mallampati value={values['mallampati']} change={(value) => change('mallampati', value)} />}
      <Fields fields={fieldsOf(name, visit.fields).filter((field) => field.name !== 'mallampati').map((field) => ({ ...field, required: isNeeded(field.name) }))} values={values} faults={told} change={change} />
    </Panel>
  );
  return (
    <div className="mh-peri-stack">
      <Rule visit={visit} />
      <div className="mh-peri-halves">
        <div className="mh-peri-column">{LEFT.map(part)}</div>
        <div className="mh-peri-column">{RIGHT.map(part)}</div>
      </div>
      <div className="mh-peri-foot">
        <Kept keeping={keeping} visit={visit} />
        {tried && wanting.length > 0 && <p className="mh-stop" role="alert">{t('peri.visit.missing', { what: wanting.map(fieldWord).join(', ') })}</p>}
        {save.error ? <FailureNotice error={save.error} /> : null}
        {late && visit.state !== 'done' && <TextInput label={t('peri.visit.override')} maxLength={300} value={override} onChange={(event) => setOverride(event.currentTarget.value)} />}
        <Button size="lg" loading={save.isPending} onClick={finish}>{t(visit.state === 'done' ? 'peri.visit.finishAgain' : 'peri.visit.finish')}</Button>
      </div>
    </div>
  );
}

function Rule({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { rule, planned, overrideReason } = visit;
  const RuleIcon = rule.state === 'kept' ? IconCheck : rule.state === 'late' ? IconAlertTriangle : IconClock;
  return (
    <div className={rule.state === 'late' ? 'mh-notice mh-notice-warn' : 'mh-notice'}>
      <RuleIcon size={20} aria-hidden="true" />
      <div className="mh-grow">
        <p><strong>{t(`peri.visit.rule.${rule.state}`)}</strong> {rule.sentence}</p>
        <p>{t('peri.visit.planned')} <DateText value={planned ?? undefined} time />{rule.due && <> · {t('peri.visit.due')} <DateText value={rule.due} time /></>}</p>
        {overrideReason && <p>{t('peri.overridden', { reason: overrideReason })}</p>}
      </div>
    </div>
  );
}

function Kept({ keeping, visit }: { keeping: { state: 'saved' | 'typed' | 'sending' | 'failed'; at: string | null }; visit: Visit }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const text = keeping.state === 'saved' ? (keeping.at ? t('peri.visit.saved', { time: formatTime(keeping.at, language) ?? '' }) : '') : t(`peri.visit.keeping.${keeping.state}`);
  return (
    <p className="mh-quiet mh-grow" role="status">
      {visit.state === 'done' && visit.done && <span className="mh-tag mh-tag-ok"><IconCheck size={14} aria-hidden="true" />{t('peri.visit.doneBy', { who: visit.author?.name ?? '' })} <DateText value={visit.done} time /></span>} {text}
    </p>
  );
}
