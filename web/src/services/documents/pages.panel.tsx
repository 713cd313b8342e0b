import { Button } from '@mantine/core';
import { IconDownload, IconExternalLink, IconPrinter } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../design/address';
import { Loaded } from '../../design/Panel';
import { usePages } from './document.resource';

interface PagesProps { id: string; version: number; title: string; kind: string; shown?: boolean; older?: number; side?: ReactNode }

/** The pages of a document in the browser's own viewer; the file's name says nothing of the patient. */
export function Pages({ id, version, title, kind, shown = false, older, side }: PagesProps) {
  const query = usePages(id, version, { shown, older });
  return <Sheets query={query} title={title} kind={kind} side={side} />;
}

interface SheetsProps { query: { data: Uint8Array<ArrayBuffer> | undefined; error: unknown; isPending: boolean; refetch: () => unknown }; title: string; kind: string; side?: ReactNode }

/** Pages that are here or on their way. */
export function Sheets({ query, title, kind, side }: SheetsProps) {
  const { t } = useTranslation();
  const address = useAddress(query.data, 'application/pdf');
  const frame = useRef<HTMLIFrameElement>(null);
  return (
    <figure className="mh-papers-pages">
      <div className="mh-actions">
        {side}
        {address && <Button component="a" href={address} target="_blank" rel="noopener" size="compact-sm" variant="default" leftSection={<IconExternalLink size={14} aria-hidden="true" />}>{t('papers.tab')}</Button>}
        {address && navigator.pdfViewerEnabled && <Button size="compact-sm" variant="default" leftSection={<IconPrinter size={14} aria-hidden="true" />} onClick={() => frame.current?.contentWindow?.print()}>{t('papers.print')}</Button>}
        {address && <Button component="a" href={address} download={`${kind}.pdf`} size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden="true" />}>{t('papers.download')}</Button>}
      </div>
      <Loaded query={query}>
        {() => {
          if (!navigator.pdfViewerEnabled) return <p className="mh-notice">{t('papers.noViewer')}</p>;
          // A sandbox would keep the browser's viewer out. The type is ours: no page can come of these bytes.
          // oxlint-disable-next-line react/iframe-missing-sandbox
          return address && <iframe ref={frame} src={`${address}#navpanes=0&view=FitH`} title={title} />;
        }}
      </Loaded>
    </figure>
  );
}
