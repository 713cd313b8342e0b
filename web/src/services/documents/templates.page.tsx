import { Button, Switch } from '@mantine/core';
import { IconDownload, IconPlus, IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../design/FailureNotice';
import { Loaded, Panel } from '../../design/Panel';
import { useAct, useKinds, type Kind } from './document.resource';
import { TemplateEditor } from './template-editor.panel';
import { bodyOf, draftOf, useTemplates, writable, type Draft, type Template, type Templates } from './template.resource';
import './documents.css';

const BYTES_MAX = 1_000_000;

/** A clinic's own texts for its documents: what is written here stands in new documents of the type when it is chosen. */
export default function TemplatesPage() {
  const kinds = useKinds();
  const query = useTemplates(true);
  return (
    <div className="mh-page">
      <Loaded query={kinds}>{(all) => <Loaded query={query}>{(found) => <Body kinds={all.filter(({ fields }) => writable(fields).length > 0)} found={found} />}</Loaded>}</Loaded>
    </div>
  );
}

function Body({ kinds, found }: { kinds: Kind[]; found: Templates }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [old, setOld] = useState(false);
  const shown = found.templates.filter(({ active }) => active || old);
  const fresh = (): Draft => ({ name: '', type: kinds[0]?.code ?? '', language: 'fr', specialty: '', active: true, values: {} });
  return (
    <>
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{t('papers.texts.title')}</h1>
        <Exchange templates={shown} />
        <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setDraft(fresh())}>{t('papers.texts.new')}</Button>
      </div>
      <p className="mh-lead">{t('papers.texts.explain')}</p>
      <Panel title={t('papers.texts.list')} count={shown.length} side={<Switch size="xs" label={t('papers.texts.ended')} checked={old} onChange={(event) => setOld(event.currentTarget.checked)} />} flush>
        {shown.length === 0 && <p className="mh-empty">{t('papers.texts.none')}</p>}
        {shown.length > 0 && (
          <table className="mh-table">
            <thead><tr><th scope="col">{t('papers.texts.name')}</th><th scope="col">{t('papers.filterKind')}</th><th scope="col" className="mh-tight">{t('papers.language')}</th><th scope="col">{t('papers.texts.specialty')}</th><th scope="col" className="mh-tight">{t('papers.texts.version')}</th><th scope="col" className="mh-tight"><span className="mh-sr">{t('papers.acts')}</span></th></tr></thead>
            <tbody>
              {shown.map((one) => (
                <tr key={one.id}>
                  <td>{one.name}{!one.active && <span className="mh-quiet"> · {t('papers.texts.over')}</span>}</td>
                  <td>{kinds.find(({ code }) => code === one.type)?.title ?? one.type}</td>
                  <td className="mh-tight">{one.language}</td>
                  <td>{one.specialty ?? <span className="mh-quiet">{t('papers.texts.allSpecialties')}</span>}</td>
                  <td className="mh-tight mh-num">{one.version}</td>
                  <td className="mh-tight"><Button size="compact-sm" variant="default" aria-label={`${t('papers.edit')} ${one.name}`} onClick={() => setDraft(draftOf(one))}>{t('papers.edit')}</Button></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      {draft && <TemplateEditor key={draft.id ?? 'new'} kinds={kinds} found={found} first={draft} close={() => setDraft(null)} />}
    </>
  );
}

/** Texts as a file, from one clinic to another: they hold no patient. */
function Exchange({ templates }: { templates: Template[] }) {
  const { t } = useTranslation();
  const act = useAct<Template>();
  const input = useRef<HTMLInputElement>(null);
  const [told, setTold] = useState<string | null>(null);
  const save = () => {
    const url = URL.createObjectURL(new Blob([JSON.stringify({ templates }, null, 1)], { type: 'application/json' }));
    const link = Object.assign(document.createElement('a'), { href: url, download: 'medical-hub-templates.json' });
    link.click();
    URL.revokeObjectURL(url);
  };
  const read = async (file: File | undefined) => {
    setTold(null);
    if (!file || file.size > BYTES_MAX) return file && setTold(t('papers.texts.badFile'));
    let rows: Template[];
    try {
      rows = (JSON.parse(await file.text()) as { templates: Template[] }).templates;
      if (!Array.isArray(rows)) throw new TypeError('no list');
    } catch {
      return setTold(t('papers.texts.badFile'));
    }
    let count = 0;
    try {
      // One after the other: what the server refuses is told, and what came before it stays.
      for (const { id: _, version: __, ...row } of rows.map(draftOf)) {
        await act.mutateAsync({ path: 'templates/medical', body: bodyOf(row) });
        count += 1;
      }
    } catch {
      // Told beside the button.
    }
    return setTold(t('papers.texts.imported', { count }));
  };
  return (
    <>
      <input ref={input} type="file" accept="application/json" className="mh-sr" tabIndex={-1} aria-label={t('papers.texts.import')} onChange={(event) => void read(event.currentTarget.files?.[0]).then(() => { if (input.current) input.current.value = ''; })} />
      <Button variant="default" leftSection={<IconUpload size={16} aria-hidden="true" />} loading={act.isPending} onClick={() => input.current?.click()}>{t('papers.texts.import')}</Button>
      <Button variant="default" leftSection={<IconDownload size={16} aria-hidden="true" />} disabled={templates.length === 0} onClick={save}>{t('papers.texts.export')}</Button>
      {told && <span role="status" className="mh-quiet">{told}</span>}
      {act.isError && <FailureNotice error={act.error} />}
    </>
  );
}
