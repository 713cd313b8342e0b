import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded, Panel } from '../design/Panel';
import { fhirBase } from '../fhir/client';
import { getJson } from '../fhir/http';
import { useMe } from '../fhir/session';
import type { CapabilityStatement } from '../fhir/types';

export default function AboutPage() {
  const { t } = useTranslation();
  const me = useMe();
  const capability = useQuery({
    queryKey: ['metadata', me.tenant],
    queryFn: ({ signal }) => getJson<CapabilityStatement>(`${fhirBase()}/metadata`, signal),
    staleTime: Infinity,
  });
  const version = useQuery({ queryKey: ['version'], queryFn: ({ signal }) => getJson<{ commit?: string }>('/api/v1/version', signal), staleTime: Infinity });
  return (
    <div className="mh-page mh-narrow">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('about.title')}</h1>
      </div>
      <Panel title={t('about.versions')} flush>
        <Loaded query={capability}>
          {(statement) => (
            <table className="mh-table">
              <tbody>
                <Row name={t('about.server')} value={[statement.software?.name, statement.software?.version].filter(Boolean).join(' ')} />
                <Row name={t('about.commit')} value={version.data?.commit ?? ''} />
                <Row name={t('about.app')} value={__APP_VERSION__} />
                <Row name={t('about.fhir')} value={statement.fhirVersion ?? ''} />
                <Row name={t('about.tenant')} value={`${me.tenantTitle} (${me.tenant})`} />
              </tbody>
            </table>
          )}
        </Loaded>
      </Panel>
      <p className="mh-about-note mh-quiet">{t('about.disclaimer')}</p>
    </div>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{value}</td>
    </tr>
  );
}
