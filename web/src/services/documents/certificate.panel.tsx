import { Button } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { Loaded } from '../../design/Panel';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';

interface Checked { verdict: string; profile: string; name: string | null; rpps: string | null; issuer: string | null; at: string | null; stamped: string | null; whole: boolean }

const VERDICTS = ['valid', 'changed', 'forged', 'unknown-authority', 'not-yet-valid', 'expired', 'revoked', 'revocation-unknown'] as const;
const known = (verdict: string) => VERDICTS.find((one) => one === verdict) ?? 'other';

/** The signatures by certificate, recomputed over the pages that are stored now. */
export function Certificate({ id, version }: { id: string; version: number }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const query = useQuery({ queryKey: ['papers', 'certificate', id, version], enabled: asked, queryFn: async ({ signal }) => (await getJson<{ signatures?: Checked[] }>(`${API}documents/${encodeURIComponent(id)}/certificate`, signal)).signatures ?? [] });
  if (!asked) return <Button size="compact-sm" variant="default" onClick={() => setAsked(true)}>{t('papers.seal.check')}</Button>;
  return (
    <Loaded query={query}>
      {(rows) => (
        <div role="status">
          {rows.length === 0 && <p className="mh-quiet">{t('papers.seal.none')}</p>}
          {rows.map((one) => (
            <div key={`${one.name} ${one.at}`} className="mh-papers-signature">
              {one.verdict === 'valid' ? <IconShieldCheck size={18} className="mh-ok" aria-hidden="true" /> : <IconAlertTriangle size={18} className="mh-stop" aria-hidden="true" />}
              <div>
                <p className="mh-strong">{t(`papers.seal.verdict.${known(one.verdict)}`)}</p>
                <p>{one.name}{one.rpps && <span className="mh-quiet"> · {t('papers.seal.rpps', { number: one.rpps })}</span>}</p>
                <p className="mh-quiet">{one.profile} · {one.issuer}{one.at && <> · <DateText value={one.at} time /></>}</p>
                <p className="mh-quiet">{t(one.stamped ? 'papers.seal.stamped' : 'papers.seal.unstamped')}</p>
                {!one.whole && <p className="mh-quiet">{t('papers.seal.part')}</p>}
              </div>
            </div>
          ))}
          <a href={`${API}documents/authority`} download="medical-hub-authority.pem">{t('papers.seal.authority')}</a>
        </div>
      )}
    </Loaded>
  );
}
