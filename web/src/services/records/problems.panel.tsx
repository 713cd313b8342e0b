import { useTranslation } from 'react-i18next';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { PROBLEM } from './entry-forms.resource';
import { ACTS, AddButton, RowActions } from './row-actions.panel';
import { useProblems, type ProblemRow } from './problems.resource';

/** Active problems on the summary; `all` adds the resolved ones. */
export function ProblemsPanel({ patientId, all = false }: { patientId: string; all?: boolean }) {
  const { t } = useTranslation();
  const query = useProblems(patientId);
  const active = query.data?.filter((row) => row.active).length;
  return (
    <Panel title={t('problems.title')} count={active} flush side={all && <AddButton form={PROBLEM} label={t('entry.add')} />}>
      <Loaded query={query}>
        {(rows) => {
          const shown = all ? rows : rows.filter((row) => row.active);
          return shown.length ? <ProblemTable rows={shown} all={all} /> : <p className="mh-empty">{t('problems.none')}</p>;
        }}
      </Loaded>
    </Panel>
  );
}

function ProblemTable({ rows, all }: { rows: ProblemRow[]; all: boolean }) {
  const { t } = useTranslation();
  return (
    <table className="mh-table">
      <thead>
        <tr>
          <th scope="col">{t('problems.problem')}</th>
          <th scope="col" className="mh-tight">{t('problems.icd10')}</th>
          <th scope="col" className="mh-tight">{t('problems.since')}</th>
          {all && <th scope="col" className="mh-tight">{t('problems.until')}</th>}
          {all && <th scope="col"><span className="mh-sr">{t('act.label')}</span></th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className={row.active ? 'mh-strong' : 'mh-quiet'}>{row.label} <SideMark side={row.side} /></td>
            <td className="mh-tight mh-quiet">{row.icd10}</td>
            <td className="mh-tight"><DateText value={row.since} /></td>
            {all && <td className="mh-tight">{row.active ? <span className="mh-tag mh-tag-accent">{t('problems.active')}</span> : <DateText value={row.until} />}</td>}
            {all && <td className="mh-row-cell"><RowActions form={PROBLEM} type="Condition" id={row.id} label={row.label} acts={row.active ? [ACTS.resolve, ACTS.refuteProblem] : []} /></td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
