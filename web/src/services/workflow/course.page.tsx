import { Button } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useLive } from '../../fhir/live';
import type { PageProps } from '../../slots';
import { Acts, type Asked } from './act.panel';
import { Comments } from './comments.panel';
import { DueMark, RolesText, StepMark, useTitles } from './step-mark.panel';
import { useCase } from './case.resource';
import { useAct, useBegin, useCourses, type Course, type Step } from './step.resource';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import './workflow.css';

const WATCHED = ['Task', 'RequestGroup'] as const;

/** What an operation waits for: its approvals, then what its end asks for. */
export default function CoursePage({ PatientFrame, CaseTabs }: PageProps) {
  const { surgeryId } = useParams({ strict: false }) as { surgeryId: string };
  const { t } = useTranslation();
  const surgery = useCase(surgeryId);
  const query = useCourses(surgeryId);
  const queries = useQueryClient();
  useLive(WATCHED, () => void queries.invalidateQueries({ queryKey: ['workflow'] }), surgery.data?.patient);
  return (
    <>
      {surgery.data && (
        <PatientFrame patientId={surgery.data.patient}>
          <span className="mh-strong">{surgery.data.act} <SideMark side={surgery.data.side} /></span>
          <CaseTabs surgery={surgeryId} />
        </PatientFrame>
      )}
      <div className="mh-page">
        <h1 className="mh-title">{t('workflow.of')}</h1>
        <Loaded query={query}>{(found) => (found ? <>{found.workflows.map((course) => <OneCourse key={course.workflow} course={course} />)}</> : <Begin surgery={surgeryId} />)}</Loaded>
      </div>
    </>
  );
}

function Begin({ surgery }: { surgery: string }) {
  const { t } = useTranslation();
  const begin = useBegin(surgery);
  return (
    <Panel title={t('workflow.template.surgery-approval')}>
      <p className="mh-lead">{t('workflow.notBegun')}</p>
      {begin.isError && <FailureNotice error={begin.error} />}
      <Button leftSection={<IconRoute size={16} aria-hidden="true" />} loading={begin.isPending} onClick={() => begin.mutate()}>{t('workflow.begin')}</Button>
    </Panel>
  );
}

function OneCourse({ course }: { course: Course }) {
  const { t } = useTranslation();
  const act = useAct();
  const titleOf = useTitles();
  const [open, setOpen] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = (step: Step) => (next: Asked | null) => {
    setOpen(step.id);
    setAsked(next);
  };
  return (
    <Panel title={t(`workflow.template.${course.template as 'surgery-approval'}`)} count={t('workflow.doneOf', { done: course.done, total: course.total })} side={<span>{t(`workflow.course.${course.state}`)}</span>} flush>
      <ol className="mh-workflow-course">
        {course.steps.map((step) => (
          <li key={step.id} data-state={step.state}>
            <div className="mh-workflow-line">
              <strong>{titleOf(step)}</strong>
              <StepMark state={step.state} />
            </div>
            <div className="mh-workflow-line">
              <span className="mh-quiet"><Whose step={step} steps={course.steps} /></span>
              {(step.state === 'ready' || step.state === 'claimed') && <DueMark due={step.due} risk={step.risk} />}
            </div>
            {step.reason && <p className="mh-quiet">{t('workflow.because', { reason: step.reason })}</p>}
            <Comments step={step} />
            {step.may.length > 0 && (step.state === 'ready' || step.state === 'claimed') && <Acts step={step} act={act} asked={open === step.id ? asked : null} ask={ask(step)} done={() => setAsked(null)} bare={step.opens?.kind === 'case'} />}
          </li>
        ))}
      </ol>
      {act.isError && open === null && <FailureNotice error={act.error} />}
    </Panel>
  );
}

/** Who decided it and when, who is to do it, or what it waits for. */
function Whose({ step, steps }: { step: Step; steps: Step[] }) {
  const { t } = useTranslation();
  const titleOf = useTitles();
  if (step.decidedBy?.name) return <>{step.decidedBy.name}{step.decidedAt && <> · <DateText value={step.decidedAt} time /></>}</>;
  if (step.automatic && step.state === 'done') return <>{t('workflow.automatic')}</>;
  const before = steps.filter((one) => step.after.includes(one.step) && one.state !== 'done' && one.state !== 'skipped').map(titleOf);
  if (step.state === 'waiting' && before.length > 0) return <>{t('workflow.waitsFor', { titles: before.join(', ') })}</>;
  return <><RolesText roles={step.roles} />{step.owner?.name && <> · {step.owner.name}</>}</>;
}
