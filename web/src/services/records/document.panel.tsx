import { Button } from '@mantine/core';
import { IconArrowLeft, IconDownload, IconExternalLink } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { useAddress } from '../../design/address';
import { isTyping } from '../../design/keyboard';
import { Loaded } from '../../design/Panel';
import { useOpened, type Opened, type Shown } from './attachment.resource';

/** One document of the record with what is attached to it. Esc goes back to the list. */
export function DocumentView({ id, back }: { id: string; back: () => void }) {
  const { t } = useTranslation();
  const query = useOpened(id);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || isTyping(event) || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      back();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [back]);
  return (
    <div className="mh-document">
      <div className="mh-document-bar">
        <Button variant="subtle" size="compact-sm" leftSection={<IconArrowLeft size={16} aria-hidden="true" />} onClick={back}>{t('documents.back')}</Button>
      </div>
      <Loaded query={query}>{(opened) => <Content opened={opened} />}</Loaded>
    </div>
  );
}

function Content({ opened: { title, about, at, parts } }: { opened: Opened }) {
  const { t } = useTranslation();
  return (
    <>
      <header className="mh-document-head">
        <h3>{title || t('timeline.untitled')}</h3>
        <p className="mh-quiet"><DateText value={at} /> {about && `· ${about}`}</p>
      </header>
      {parts.length === 0 && <p className="mh-empty">{t('documents.noContent')}</p>}
      {parts.map((part, index) => <Part key={index} part={part} title={part.title || title} day={at?.slice(0, 10) ?? ''} />)}
    </>
  );
}

function Part({ part, title, day }: { part: Shown; title: string; day: string }) {
  const { t } = useTranslation();
  if (part.kind === 'none') return <p className="mh-notice mh-notice-warn">{t('documents.unreadable')}</p>;
  if (part.kind === 'elsewhere') return <p className="mh-notice"><span>{t('documents.elsewhere')} <span className="mh-address">{part.address}</span></span></p>;
  if (part.kind === 'text') return <pre className="mh-letter mh-document-text" tabIndex={0} aria-label={title}>{part.text}</pre>;
  return <File part={part} title={title} day={day} />;
}

const ENDINGS: Record<string, string> = { 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif', 'image/webp': 'webp' };

/** A picture, a PDF in the browser's own viewer, or something to take along; the file's name says nothing of the patient. */
function File({ part, title, day }: { part: Exclude<Shown, { kind: 'none' } | { kind: 'elsewhere' }>; title: string; day: string }) {
  const { t } = useTranslation();
  const address = useAddress(part.bytes, part.type);
  const viewer = useViewer();
  if (!address) return null;
  const framed = part.kind === 'pdf' && viewer;
  return (
    <figure className="mh-document-file">
      <div className="mh-actions">
        {part.kind !== 'file' && <Button component="a" href={address} target="_blank" rel="noopener" size="compact-sm" variant="default" leftSection={<IconExternalLink size={14} aria-hidden="true" />}>{t('documents.tab')}</Button>}
        <Button component="a" href={address} download={`document-${day || 'x'}.${ENDINGS[part.type] ?? 'bin'}`} size="compact-sm" variant="default" leftSection={<IconDownload size={14} aria-hidden="true" />}>{t('documents.download')}</Button>
      </div>
      {part.kind === 'picture' && <div className="mh-document-picture" tabIndex={0} role="region" aria-label={title}><img src={address} alt={title} /></div>}
      {/* A sandbox would keep the browser's viewer out. The bytes begin as a PDF does, and the type is ours: no page can come of them. */}
      {/* oxlint-disable-next-line react/iframe-missing-sandbox */}
      {framed && <iframe src={address} title={title} />}
      {part.kind === 'pdf' && !viewer && <p className="mh-notice">{t('documents.noViewer')}</p>}
      {part.kind === 'file' && <p className="mh-notice">{t('documents.noPreview')}</p>}
    </figure>
  );
}

/** Whether the browser draws PDF inside the page: it can, and the page's own rules let it. */
function useViewer(): boolean {
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    const told = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
      if (/^(frame|child|object|default)-src$/.test(effectiveDirective)) setRefused(true);
    };
    document.addEventListener('securitypolicyviolation', told);
    return () => document.removeEventListener('securitypolicyviolation', told);
  }, []);
  return !refused && navigator.pdfViewerEnabled;
}
