import { Button, TextInput } from '@mantine/core';
import { IconHandStop, IconPlayerPlay, IconSignature } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../../datatypes/Date/format';
import { useLanguage } from '../../i18n';
import type { Phase, Said } from './checklist.resource';
import { progressOf } from './checklist.resource';
import { ItemRow } from './item.panel';

interface PhasePanelProps { phase: Phase; version: ReactNode; ready: boolean; say: (said: Said) => void; next: () => void }

/** One phase: its points, who attests it, and whether the team goes on. */
export function PhasePanel({ phase, version, ready, say, next }: PhasePanelProps) {
  const { t } = useTranslation();
  const progress = progressOf(phase);
  const locked = progress.over;
  return (
    <section className="mh-phase" aria-label={phase.title} tabIndex={0}>
      <div className="mh-quiet mh-phase-when"><span>{phase.when}</span>{version}<span>{t('checklist.starLegend')}</span></div>
      {!ready && <p className="mh-notice mh-notice-warn" role="status">{t('checklist.before')}</p>}
      <ol className="mh-checks">
        {phase.items.map((item, index) => (
          <ItemRow key={item.id} item={item} number={index + 1} given={phase.given[item.id]} locked={locked} say={(answer, decision) => say({ say: 'answer', phase: phase.code, item: item.id, answer, decision })} />
        ))}
      </ol>
      <Attestations phase={phase} locked={locked || !progress.answered} say={say} />
      <Verdict phase={phase} may={ready && progress.answered && progress.attested} say={say} next={next} />
    </section>
  );
}

function Attestations({ phase, locked, say }: { phase: Phase; locked: boolean; say: (said: Said) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div className="mh-attest" role="group" aria-label={t('checklist.attest')}>
      {phase.roles.map((role) => {
        const made = phase.attested.find((one) => one.role === role);
        return (
          <button key={role} type="button" aria-pressed={made !== undefined} disabled={locked || made !== undefined} onClick={() => say({ say: 'attest', phase: phase.code, role })}>
            <IconSignature size={18} aria-hidden="true" />
            <span>
              <strong>{t(`checklist.role.${role}` as 'checklist.role.surgeon')}</strong>
              <small>{made ? [made.by, formatTime(made.at, language)].filter(Boolean).join(' · ') : t('checklist.toAttest')}</small>
            </span>
          </button>
        );
      })}
    </div>
  );
}

/** GO, or NO GO with its reason: nothing follows a NO GO before the team has lifted it and said why it may. */
function Verdict({ phase, may, say, next }: { phase: Phase; may: boolean; say: (said: Said) => void; next: () => void }) {
  const { t } = useTranslation();
  const [stopping, setStopping] = useState(false);
  const { outcome } = phase;
  if (outcome?.go) {
    return (
      <div className="mh-op-verdict" data-go="go" role="status">
        <IconPlayerPlay size={24} aria-hidden="true" />
        <strong className="mh-grow">{t('checklist.goTold')}</strong>
        <Button size="md" onClick={next}>{t('checklist.nextPhase')}</Button>
      </div>
    );
  }
  if (outcome) {
    return (
      <div className="mh-op-verdict-box">
        <div className="mh-op-verdict" data-go="stop" role="alert">
          <IconHandStop size={28} aria-hidden="true" />
          <span className="mh-grow"><strong>{t('checklist.noGoTold')}</strong> {outcome.reason}</span>
        </div>
        <Words label={t('checklist.liftDecision')} action={t('checklist.lift')} run={(decision) => say({ say: 'lift', phase: phase.code, decision })} />
      </div>
    );
  }
  if (stopping) {
    return <Words first stop label={t('checklist.noGoReason')} action={t('checklist.noGoConfirm')} run={(reason) => say({ say: 'outcome', phase: phase.code, go: false, reason })} cancel={() => setStopping(false)} />;
  }
  return (
    <div className="mh-op-verdict-buttons">
      <button type="button" className="mh-go" disabled={!may} onClick={() => say({ say: 'outcome', phase: phase.code, go: true })}>
        <IconPlayerPlay size={24} aria-hidden="true" />
        {t('checklist.go')}
      </button>
      <button type="button" className="mh-nogo" onClick={() => setStopping(true)}>
        <IconHandStop size={24} aria-hidden="true" />
        {t('checklist.noGo')}
      </button>
    </div>
  );
}

const SHORTEST = 3;

interface WordsProps { label: string; action: string; run: (words: string) => void; cancel?: () => void; stop?: boolean; first?: boolean }

/** Stopping and going on again want words. */
function Words({ label, action, run, cancel, stop = false, first = false }: WordsProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  return (
    <div className="mh-op-verdict-reason">
      <TextInput autoFocus={first} size="md" label={label} value={words} maxLength={300} onChange={(event) => setWords(event.currentTarget.value)} />
      {cancel && <Button size="md" variant="default" onClick={cancel}>{t('form.cancel')}</Button>}
      <Button size="md" color={stop ? 'red.9' : undefined} disabled={words.trim().length < SHORTEST} onClick={() => run(words.trim())}>{action}</Button>
    </div>
  );
}
