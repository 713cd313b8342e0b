import { Button, FileButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { getJson } from '../../fhir/http';
import { mayAny, useMe } from '../../fhir/session';
import { API, useSend } from '../../fhir/verbs';
import { usePatient } from './patient.resource';
import { smallJpeg, type PhotoFault } from './photo.resource';

interface Answer { consents?: { kind?: string; decision?: string | null }[] }

/** The photo by which the patient is recognised: only while they agree to it. */
export function PhotoPanel({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const patient = usePatient(patientId).data;
  const consent = useQuery({
    queryKey: ['consents', patientId, 'photo'],
    queryFn: async ({ signal }) => ((await getJson<Answer>(`${API}patients/${encodeURIComponent(patientId)}/consent`, signal)).consents ?? []).find((one) => one.kind === 'photo')?.decision ?? null,
  });
  const send = useSend('fhir');
  const [fault, setFault] = useState<PhotoFault | null>(null);
  const path = `patients/${encodeURIComponent(patientId)}/photo`;
  const take = async (file: File | null) => {
    if (!file) return;
    const made = await smallJpeg(file);
    setFault('fault' in made ? made.fault : null);
    if ('data' in made) send.mutate({ method: 'PUT', path, body: { data: made.data } });
  };
  if (!mayAny(me, ['care', 'desk', 'admin'])) return null;
  return (
    <Panel title={t('photo.title')}>
      <Loaded query={consent}>
        {(decision) => (
          <div className="mh-photo-row">
            {patient?.photo ? <img className="mh-photo" src={patient.photo} alt={t('photo.of', { name: patient.name.full })} width={96} height={96} /> : <p className="mh-empty">{t('photo.none')}</p>}
            <div>
              {send.error && <FailureNotice error={send.error} />}
              {fault && <p className="mh-warn" role="alert">{t(`photo.fault.${fault}`)}</p>}
              {decision === 'permit' ? (
                <div className="mh-actions">
                  <FileButton accept="image/jpeg,image/png,image/webp" onChange={(file) => void take(file)}>
                    {(props) => <Button {...props} size="compact-sm" variant="default" loading={send.isPending}>{t(patient?.photo ? 'photo.change' : 'photo.add')}</Button>}
                  </FileButton>
                  {patient?.photo && <Button size="compact-sm" variant="default" onClick={() => send.mutate({ method: 'DELETE', path })}>{t('photo.remove')}</Button>}
                </div>
              ) : (
                <p className="mh-quiet">{t('photo.needs')} <Link to={`/patients/${patientId}/consentements`}>{t('photo.collect')}</Link></p>
              )}
            </div>
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
