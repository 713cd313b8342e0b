import { Button } from '@mantine/core';
import { IconCircleCheck, IconFileZip, IconFiles, IconPrinter } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { SideMark } from '../../datatypes/CodeableConcept/SideMark';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useLive } from '../../fhir/live';
import { useQueryClient } from '@tanstack/react-query';
import { useLanguage } from '../../i18n';
import type { PageProps } from '../../slots';
import { packageBytes, useAct, useCase, usePackage, type Case, type Package, type Prepared } from './document.resource';
import { PackageRow } from './package-row.panel';
import './documents.css';

const WATCHED = ['DocumentReference', 'ServiceRequest', 'Procedure'] as const;

/** What an operation needs on paper: what is there, what is wanting, and one act that makes all of it. */
export default function PackagePage({ PatientFrame, CaseTabs }: PageProps) {
  const { surgeryId } = useParams({ strict: false }) as { surgeryId: string };
  const surgery = useCase(surgeryId);
  const query = usePackage(surgeryId);
  const queries = useQueryClient();
  useLive(WATCHED, () => void queries.invalidateQueries({ queryKey: ['papers', 'package', surgeryId] }), surgery.data?.patient);
  return (
    <>
      {surgery.data && (
        <PatientFrame patientId={surgery.data.patient}>
          <span className="mh-strong">{surgery.data.act} <SideMark side={surgery.data.side} /></span>
          <CaseTabs surgery={surgeryId} />
        </PatientFrame>
      )}
      <div className="mh-page">
        <Loaded query={surgery}>{(one) => <Loaded query={query}>{(found) => <Body surgery={one} found={found} />}</Loaded>}</Loaded>
      </div>
    </>
  );
}

function Body({ surgery, found }: { surgery: Case; found: Package }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const prepare = useAct<Prepared>();
  const take = useMutation({ mutationFn: (form: 'pdf' | 'zip') => packageBytes(surgery.id, form).then((bytes) => save(bytes, form)) });
  const made = found.items.some(({ document }) => document !== null);
  const skipped = prepare.data?.skipped.filter(({ missing }) => missing.length > 0) ?? [];
  const title = (type: string) => found.items.find((item) => item.type === type)?.title ?? type;
  return (
    <>
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('papers.package')}</h1>
        {made && <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden="true" />} loading={take.isPending && take.variables === 'pdf'} onClick={() => take.mutate('pdf')}>{t('papers.onePdf')}</Button>}
        {made && <Button variant="default" leftSection={<IconFileZip size={16} aria-hidden="true" />} loading={take.isPending && take.variables === 'zip'} onClick={() => take.mutate('zip')}>{t('papers.zip')}</Button>}
        <Button leftSection={<IconFiles size={16} aria-hidden="true" />} loading={prepare.isPending} onClick={() => prepare.mutate({ path: `surgery/${encodeURIComponent(surgery.id)}/package`, body: { language } })}>{t('papers.prepare')}</Button>
      </div>
      {take.isError && <FailureNotice error={take.error} />}
      {prepare.isError && <FailureNotice error={prepare.error} />}
      {prepare.data && (
        <div className="mh-notice mh-papers-prepared" role="status">
          <IconCircleCheck size={18} aria-hidden="true" />
          <div>
            <p className="mh-strong">{t('papers.prepared', { count: prepare.data.generated.length })}</p>
            {skipped.length > 0 && <p>{t('papers.leftOut', { titles: skipped.map(({ type }) => title(type)).join(', ') })}</p>}
          </div>
        </div>
      )}
      <Panel title={t('papers.documents')} count={t('papers.signedOf', { signed: found.counts.signed, wanted: found.counts.wanted })} flush>
        <div className="mh-scroll">
          <table className="mh-table mh-papers-table">
            <thead>
              <tr>
                <th scope="col">{t('papers.document')}</th>
                <th scope="col" className="mh-tight">{t('papers.stateOf')}</th>
                <th scope="col">{t('papers.wanting')}</th>
                <th scope="col" className="mh-tight"><span className="mh-sr">{t('papers.acts')}</span></th>
              </tr>
            </thead>
            <tbody>{found.items.map((item) => <PackageRow key={item.type} item={item} surgery={surgery.id} />)}</tbody>
          </table>
        </div>
      </Panel>
    </>
  );
}

function save(bytes: Uint8Array<ArrayBuffer>, form: 'pdf' | 'zip') {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: form === 'pdf' ? 'application/pdf' : 'application/zip' }));
  link.download = `documents.${form}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
