import { Button, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { getJson } from '../../fhir/http';
import { API, useSend } from '../../fhir/verbs';

interface Version { id: string; title: string; version: string; canonical: string; shipped: boolean; active: boolean; default: boolean; phases: number; items: number }

/** Which check-list new cases begin with. A case that has begun keeps its own. */
export default function ChecklistsPage() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['checklist-versions'], queryFn: ({ signal }) => getJson<{ versions: Version[] }>(`${API}checklists/versions`, signal) });
  const send = useSend('checklist-versions');
  const [chosen, setChosen] = useState<string | null>(null);
  const save = () => chosen && send.mutate({ method: 'PUT', path: 'checklists/settings', body: { default: chosen } }, { onSuccess: () => setChosen(null) });
  return (
    <div className="mh-page">
      <h1 className="mh-title">{t('checklists.title')}</h1>
      <p className="mh-lead">{t('checklists.explain')}</p>
      {send.isError && <FailureNotice error={send.error} />}
      <Panel title={t('checklists.versions')} flush>
        <Loaded query={query}>
          {({ versions }) => (
            <table className="mh-table">
              <thead><tr><th scope="col" className="mh-tight">{t('checklists.default')}</th><th scope="col">{t('checklists.name')}</th><th scope="col">{t('checklists.version')}</th><th scope="col">{t('checklists.items')}</th><th scope="col">{t('checklists.origin')}</th></tr></thead>
              <tbody>
                {versions.map((one) => (
                  <tr key={one.canonical}>
                    <td className="mh-tight"><Radio name="checklist" aria-label={`${one.title} ${one.version}`} checked={chosen === null ? one.default : chosen === one.canonical} disabled={!one.active || send.isPending} onChange={() => setChosen(one.canonical)} /></td>
                    <td className="mh-strong">{one.title}</td>
                    <td>{one.version}</td>
                    <td className="mh-num">{one.items}</td>
                    <td>{t(one.shipped ? 'checklists.shipped' : 'checklists.own')}{!one.active && ` · ${t('checklists.retired')}`}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
      </Panel>
      <div className="mh-actions mh-actions-end"><Button disabled={chosen === null} loading={send.isPending} onClick={save}>{t('checklists.save')}</Button></div>
    </div>
  );
}
