import { NativeSelect } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../design/Panel';
import { useMe } from '../../fhir/session';
import type { PageProps } from '../../slots';
import { ActLine } from './act-line.panel';
import { useSurgery, type Surgery } from './case.resource';
import { PHASES, currentPhase, merged, progressOf, type Checklist, type Phase, type PhaseCode, type Said } from './checklist.resource';
import { saidBy, tapOf, useChecklist, useVersions } from './checklist-api.resource';
import { PhasePanel } from './phase.panel';
import { TapsNotice } from './taps.panel';
import { overlay } from './queue';
import { tapsOf, useTapState } from './use-taps';
import './checklist.css';

/** The checklist on a tablet: identity, side and allergies above, progress always in sight, one tap an item. */
export default function ChecklistPage({ PatientFrame, CaseTabs }: PageProps) {
  const { surgeryId } = useParams({ strict: false }) as { surgeryId: string };
  const surgery = useSurgery(surgeryId);
  return (
    <div className="mh-check-shell">
      {surgery.data && (
        <PatientFrame patientId={surgery.data.patient}>
          <ActLine surgery={surgery.data} strong />
          <CaseTabs surgery={surgeryId} />
        </PatientFrame>
      )}
      <div className="mh-page mh-checklist">
        <Loaded query={surgery}>{(data) => <Body surgery={data} />}</Loaded>
      </div>
    </div>
  );
}

function Body({ surgery }: { surgery: Surgery }) {
  const { t } = useTranslation();
  const [version, setVersion] = useState<string | null>(null);
  const query = useChecklist(surgery.id, version);
  return (
    <>
      <h1 className="mh-sr">{t('checklist.title')}</h1>
      <TapsNotice surgery={surgery.id} />
      <Loaded query={query}>{(known) => <Phases surgery={surgery} known={known} choose={setVersion} />}</Loaded>
    </>
  );
}

function Phases({ surgery, known, choose }: { surgery: Surgery; known: Checklist; choose: (version: string) => void }) {
  const queue = tapsOf(useMe());
  const taps = overlay(useTapState(queue));
  const list = merged(known, taps, surgery.id, saidBy);
  const [chosen, setChosen] = useState<PhaseCode | null>(null);
  const open = chosen ?? currentPhase(list.phases);
  const phase = list.phases.find(({ code }) => code === open);
  const before = list.phases.slice(0, PHASES.indexOf(open)).every((one) => progressOf(one).over);
  const say = (said: Said) => {
    // The verdict stays before the eyes until the team goes on to the next phase.
    if (said.say === 'outcome' || said.say === 'lift') setChosen(said.phase);
    void queue.add(tapOf(surgery.id, known.version, said));
  };
  return (
    <>
      <PhaseTabs phases={list.phases} open={open} choose={setChosen} />
      {phase && <PhasePanel key={phase.code} phase={phase} version={begun(list) ? list.title : <VersionChoice version={known.version} choose={choose} />} ready={before} say={say} next={() => setChosen(null)} />}
    </>
  );
}

const begun = (list: Checklist): boolean => list.phases.some((phase) => phase.outcome !== null || phase.attested.length > 0 || Object.keys(phase.given).length > 0);

function VersionChoice({ version, choose }: { version: string; choose: (version: string) => void }) {
  const { t } = useTranslation();
  const versions = useVersions();
  return <NativeSelect size="xs" className="mh-check-version" aria-label={t('checklist.version')} value={version} data={versions.data ?? []} onChange={(event) => choose(event.currentTarget.value)} />;
}

/** Where the team stands: the three phases, and how many points of each are told. */
function PhaseTabs({ phases, open, choose }: { phases: Phase[]; open: PhaseCode; choose: (code: PhaseCode) => void }) {
  const { t } = useTranslation();
  return (
    <nav className="mh-phases" aria-label={t('checklist.phases')}>
      {phases.map((phase) => {
        const { done, of, over, stopped } = progressOf(phase);
        return (
          <button key={phase.code} type="button" aria-current={phase.code === open ? 'step' : undefined} data-state={stopped ? 'stop' : over ? 'over' : undefined} onClick={() => choose(phase.code)}>
            <strong>{phase.title}</strong>
            <span>{stopped ? t('checklist.noGo') : over ? t('checklist.go') : t('checklist.progress', { done, of })}</span>
            <progress value={done} max={of} aria-label={phase.title} />
          </button>
        );
      })}
    </nav>
  );
}
