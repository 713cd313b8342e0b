import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

interface Change { field: string; label: string; before: string | null; after: string | null }

/** What was filled in differently in an older version, field by field. */
export function Changes({ id, from, to }: { id: string; from: number; to: number }) {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['papers', 'diff', id, from, to], queryFn: async ({ signal }) => (await getJson<{ changes?: Change[] }>(`${API}documents/${encodeURIComponent(id)}/diff?from=${from}&to=${to}`, signal)).changes ?? [] });
  return (
    <Panel title={t('papers.changes', { from, to })} flush>
      <Loaded query={query}>
        {(rows) => (
          <>
            {rows.length === 0 && <p className="mh-empty">{t('papers.sameWords')}</p>}
            <ul className="mh-list">
              {rows.map(({ field, label, before, after }) => (
                <li key={field} className="mh-papers-change">
                  <p className="mh-strong">{label}</p>
                  {before && <p><del><span className="mh-sr">{t('papers.wordsBefore')} </span>{before}</del></p>}
                  {after && <p><ins><span className="mh-sr">{t('papers.wordsAfter')} </span>{after}</ins></p>}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Panel>
  );
}
