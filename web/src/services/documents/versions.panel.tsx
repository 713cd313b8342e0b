import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded, Panel } from '../../design/Panel';
import { useVersions, type Document } from './document.resource';

interface VersionsProps { document: Document; chosen: number | null; choose: (version: number | null) => void }

/** What the document was before; an older one is shown beside today's. */
export function Versions({ document, chosen, choose }: VersionsProps) {
  const { t } = useTranslation();
  const query = useVersions(document.id, document.version);
  if (document.version < 2) return null;
  return (
    <Panel title={t('papers.versions')} flush>
      <Loaded query={query}>
        {(rows) => (
          <ul className="mh-list">
            {rows.map(({ version, savedAt, status }) => (
              <li key={version} className="mh-row">
                <span className="mh-num">{version}</span>
                <span className="mh-grow"><DateText value={savedAt} time /> · {t(`papers.state.${status}`)}</span>
                {version !== document.version && (
                  <Button size="compact-sm" variant="default" aria-pressed={chosen === version} onClick={() => choose(chosen === version ? null : version)}>{t(chosen === version ? 'papers.hide' : 'papers.show')}</Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}
