import { Button } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../design/FailureNotice';
import { Panel } from '../../../design/Panel';
import { useLanguage } from '../../../i18n';
import { lasting, minutesBetween } from '../core/clock';
import { useCorrect, type Entry } from '../core/entry.resource';
import { isRunning, type Catalogue } from './anaesthesia.resource';
import { ClassTag } from './class-tag.panel';
import { doseText } from './dose';

/** What runs now; one tap ends it. */
export function Infusions({ drugs, surgery, catalogue, now }: { drugs: Entry[]; surgery: string; catalogue: Catalogue; now: number }) {
  const { t } = useTranslation();
  const running = drugs.filter(isRunning);
  if (!running.length) return null;
  return <Panel title={t('peri.infusions.title')} count={running.length} flush><ul className="mh-list">{running.map((drug) => <Running key={drug.id} drug={drug} surgery={surgery} catalogue={catalogue} now={now} />)}</ul></Panel>;
}

function Running({ drug, surgery, catalogue, now }: { drug: Entry; surgery: string; catalogue: Catalogue; now: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const correct = useCorrect('anaesthesia', surgery);
  // Its rate was accepted when it began: the end asks for nothing again.
  const stop = () => correct.mutate({ entry: drug.id, correction: { version: drug.version, reason: t('peri.infusions.reason'), values: { until: new Date().toISOString() }, confirmed: true } });
  const name = String(drug.values['name'] ?? '').toLowerCase();
  return (
    <li className="mh-row">
      <div className="mh-grow">
        <p><strong>{name}</strong> <strong>{doseText(drug.values, language)}</strong></p>
        <p className="mh-row"><ClassTag code={String(drug.values['class'])} catalogue={catalogue} /><span className="mh-quiet">{lasting(minutesBetween(drug.time, now))}</span></p>
        {correct.error ? <FailureNotice error={correct.error} /> : null}
      </div>
      <Button size="lg" variant="default" leftSection={<IconPlayerStop size={18} aria-hidden="true" />} aria-label={t('peri.infusions.stopOne', { name })} loading={correct.isPending} onClick={stop}>{t('peri.infusions.stop')}</Button>
    </li>
  );
}
