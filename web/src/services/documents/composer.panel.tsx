import { Button, NativeSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useBlocker, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { IconCircleCheck, IconFileText } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../design/Confirm';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { Failure } from '../../fhir/http';
import { useMissing, usePreview, type Asked, type Document, type Kind, type Told } from './document.resource';
import { FieldForm } from './field.form';
import { Sheets } from './pages.panel';
import { Sentences } from './state.panel';
import { useTemplates } from './template.resource';
import { fieldOf, sentValues, shownValue, type Values } from './values';

interface ComposerProps {
  kind: Kind;
  asked: Omit<Asked, 'values'>;
  written: Values;
  write: (values: Values) => void;
  speak: (language: string) => void;
  /** Another of the clinic's own texts; absent where the text was chosen already. */
  choose?: (template: string | undefined) => void;
  action: string;
  busy: boolean;
  error: unknown;
  /** Something was typed that is kept nowhere yet. */
  dirty: boolean;
  run: (prefilled: Values) => Promise<Document>;
}

const PAUSE_MS = 400;
const LANGUAGES: Record<string, string> = { fr: 'Français', en: 'English', de: 'Deutsch' };

/** The form of a document: what the chart knows is there already, what is wanting is listed before anything is made. */
export function Composer({ kind, asked, written, write, speak, choose, action, busy, error, dirty, run }: ComposerProps) {
  const { t } = useTranslation();
  const [paused] = useDebouncedValue(written, PAUSE_MS);
  const now = { ...asked, values: sentValues(paused, {}) };
  const query = useMissing(now);
  const ready = query.data?.ready === true;
  const preview = usePreview(now, ready);
  const prefilled = query.data?.prefilled ?? {};
  const refused = error instanceof Failure ? error.fields : [];
  const errorOf = (name: string) => refused.find(({ field }) => fieldOf(field) === name)?.message;
  const elsewhere = (query.data?.missing ?? []).filter(({ code }) => fieldOf(code) === null);
  const here = (query.data?.missing ?? []).filter(({ code }) => fieldOf(code) !== null);
  const navigate = useNavigate();
  const kept = useRef(false);
  const unkept = () => dirty && !kept.current;
  const leaving = useBlocker({ shouldBlockFn: unkept, enableBeforeUnload: unkept, withResolver: true });
  const submit = async () => {
    try {
      const { id } = await run(prefilled);
      kept.current = true;
      await navigate({ to: `/documents/${id}`, replace: true });
    } catch {
      // Told above the form; what was typed stays.
    }
  };
  return (
    <form
      className="mh-papers-compose"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {leaving.status === 'blocked' && (
        <Confirm title={t('papers.leaveTitle')} action={t('papers.leaveIt')} danger busy={false} error={null} run={leaving.proceed} close={leaving.reset}>
          <p className="mh-lead">{t('papers.leaveExplain')}</p>
        </Confirm>
      )}
      <div className="mh-page-head">
        <h1 className="mh-title mh-grow">{kind.title}</h1>
        {choose && <Chosen kind={kind.code} language={asked.language} value={asked.template} choose={choose} />}
        {kind.languages.length > 1 && <NativeSelect aria-label={t('papers.language')} value={asked.language} onChange={(event) => speak(event.currentTarget.value)} data={kind.languages.map((value) => ({ value, label: LANGUAGES[value] ?? value }))} />}
        <Button type="submit" leftSection={<IconFileText size={16} aria-hidden="true" />} loading={busy}>{action}</Button>
      </div>
      {error ? <FailureNotice error={error} /> : null}
      <div className="mh-papers-halves">
        <Panel title={t('papers.content')}>
          {query.data?.leaflet && <p className="mh-quiet">{t('papers.leaflet', { title: query.data.leaflet.title, version: query.data.leaflet.version })}</p>}
          <div className="mh-papers-fields">
            {kind.fields.map((field) => (
              <FieldForm key={field.name} field={field} value={shownValue(field, written, prefilled)} error={errorOf(field.name)} change={(value) => write({ ...written, [field.name]: value })} />
            ))}
          </div>
          {kind.fields.length === 0 && <p className="mh-empty">{t('papers.noFields')}</p>}
        </Panel>
        <div className="mh-column">
          <Wanting query={query} here={here} elsewhere={elsewhere} />
          {ready && <Panel title={t('papers.preview')} flush><Sheets query={preview} title={kind.title} kind={kind.code} /></Panel>}
        </div>
      </div>
    </form>
  );
}

interface ChosenProps { kind: string; language: string; value: string | undefined; choose: (template: string | undefined) => void }

/** The clinic's own texts for this kind, where there are any. */
function Chosen({ kind, language, value, choose }: ChosenProps) {
  const { t } = useTranslation();
  const rows = (useTemplates(false, kind).data?.templates ?? []).filter((one) => one.language === language);
  if (rows.length === 0) return null;
  return <NativeSelect aria-label={t('papers.texts.choose')} value={value ?? ''} onChange={(event) => choose(event.currentTarget.value || undefined)} data={[{ value: '', label: t('papers.texts.noneChosen') }, ...rows.map(({ id, name }) => ({ value: id, label: name }))]} />;
}

interface WantingProps { query: ReturnType<typeof useMissing>; here: Told[]; elsewhere: Told[] }

function Wanting({ query: { data, error }, here, elsewhere }: WantingProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('papers.before')}>
      <div aria-live="polite" className="mh-papers-before">
        {error ? <FailureNotice error={error} /> : null}
        {data?.ready && <p className="mh-ok mh-inline"><IconCircleCheck size={18} aria-hidden="true" />{t('papers.complete')}</p>}
        {elsewhere.length > 0 && <h3>{t('papers.inChart')}</h3>}
        <Sentences rows={elsewhere} />
        {here.length > 0 && <h3>{t('papers.inForm')}</h3>}
        <Sentences rows={here} />
        {data && data.warnings.length > 0 && <h3>{t('papers.toKnow')}</h3>}
        <Sentences rows={data?.warnings ?? []} soft />
        {data?.author?.name && <p className="mh-quiet">{t('papers.author', { name: data.author.name })}</p>}
      </div>
    </Panel>
  );
}
