import { IconBan, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { FILES, usePolicies, type PolicyFile, type PolicyRow } from './access.resource';
import { AccessTabs } from './access-tabs.panel';
import './access.css';

/** What is in force, in sentences; the rule as the program reads it is one click away. */
export default function PoliciesPage() {
  const { t } = useTranslation();
  const policies = usePolicies(useLanguage());
  const files: (PolicyFile | null)[] = [...FILES, null];
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('access.title')}</h1>
      </div>
      <AccessTabs />
      <p className="mh-lead mh-quiet">{t('access.explain')}</p>
      <Loaded query={policies}>
        {({ closed, rows }) => (
          <>
            {closed && <p className="mh-notice mh-notice-stop" role="alert">{t('access.closed')}</p>}
            <div className="mh-grid-2">
              {[0, 1].map((column) => (
                <div key={column} className="mh-column">
                  {balanced(files, rows)[column]?.map((file) => <FilePanel key={file ?? 'other'} file={file} rows={rows.filter((row) => row.file === file)} />)}
                </div>
              ))}
            </div>
          </>
        )}
      </Loaded>
    </div>
  );
}

/** Two columns of about the same length, each in reading order. */
function balanced(files: (PolicyFile | null)[], rows: PolicyRow[]): (PolicyFile | null)[][] {
  const filled = files.filter((file) => rows.some((row) => row.file === file));
  const columns: (PolicyFile | null)[][] = [[], []];
  let first = 0;
  for (const file of filled) {
    const long = rows.filter((row) => row.file === file).length + 1;
    const left = first < (rows.length + filled.length) / 2;
    columns[left ? 0 : 1]?.push(file);
    if (left) first += long;
  }
  return columns;
}

function FilePanel({ file, rows }: { file: PolicyFile | null; rows: PolicyRow[] }) {
  const { t } = useTranslation();
  return (
    <Panel title={file ? t(`access.file.${file}`) : t('access.file.other')} count={rows.length} flush>
      <ul className="mh-list">
        {rows.map((row) => (
          <li key={row.id} className="mh-policy">
            {row.forbids ? <IconBan size={16} className="mh-stop" aria-hidden="true" /> : <IconCircleCheck size={16} className="mh-ok" aria-hidden="true" />}
            <div>
              <p>
                <span className="mh-sr">{t(row.forbids ? 'access.forbids' : 'access.permits')} </span>
                {row.sentence || row.id}
              </p>
              <details>
                <summary>
                  <span className="mh-code">{row.id}</span> {row.see && <span className="mh-quiet">· {row.see}</span>} <span className="mh-quiet">· {t('access.rule')}</span>
                </summary>
                <pre className="mh-cedar" tabIndex={0}>{row.text}</pre>
              </details>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
