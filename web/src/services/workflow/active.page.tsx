import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { useLive } from '../../fhir/live';
import { DueMark, RolesText, useTitles } from './step-mark.panel';
import { useActive, type Active } from './step.resource';
import './workflow.css';

const WATCHED = ['Task', 'RequestGroup'] as const;

/** All courses under way in the clinic, the late ones first: where each stands, and for whom it waits. */
export default function ActivePage() {
  const { t } = useTranslation();
  const [pages, setPages] = useState<(string | null)[]>([null]);
  const query = useActive(pages.at(-1) ?? null);
  const queries = useQueryClient();
  useLive(WATCHED, () => void queries.invalidateQueries({ queryKey: ['workflow', 'active'] }));
  return (
    <div className="mh-page">
      <h1 className="mh-title">{t('workflow.activeTitle')}</h1>
      <Loaded query={query}>
        {({ items, next }) => (
          <>
            <Panel title={t('workflow.courses')} count={`${items.length}${next ? '+' : ''}`} flush>
              {items.length === 0 && <p className="mh-empty">{t('workflow.noCourse')}</p>}
              {items.length > 0 && (
                <div className="mh-scroll">
                  <table className="mh-table">
                    <thead><tr><th scope="col">{t('workflow.patient')}</th><th scope="col">{t('workflow.which')}</th><th scope="col">{t('workflow.progress')}</th><th scope="col">{t('workflow.waitsNow')}</th><th scope="col">{t('workflow.until')}</th></tr></thead>
                    <tbody>{items.map((one) => <Line key={one.workflow} course={one} />)}</tbody>
                  </table>
                </div>
              )}
            </Panel>
            <div className="mh-actions">
              {pages.length > 1 && <Button variant="default" onClick={() => setPages(pages.slice(0, -1))}>{t('workflow.before')}</Button>}
              {next && <Button variant="default" onClick={() => setPages([...pages, next])}>{t('common.more')}</Button>}
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Line({ course }: { course: Active }) {
  const { t } = useTranslation();
  const titleOf = useTitles();
  return (
    <tr>
      <td><Link to={`/surgeries/${course.case}/approvals`} className="mh-rowlink">{course.patientName ?? t('common.unnamed')}</Link></td>
      <td>{t(`workflow.template.${course.template as 'surgery-approval'}`)}{course.state === 'held' && <span className="mh-warn"> · {t('workflow.course.held')}</span>}</td>
      <td>{t('workflow.doneOf', { done: course.done, total: course.total })}</td>
      <td>{course.now.map((step) => <span key={step.step} className="mh-workflow-now">{titleOf(step)} <span className="mh-quiet">(<RolesText roles={step.roles} />)</span></span>)}</td>
      <td><DueMark due={course.due} risk={course.risk} /></td>
    </tr>
  );
}
