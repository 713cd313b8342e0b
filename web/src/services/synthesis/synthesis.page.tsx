import { Button } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconPrinter, IconRefresh } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '../../datatypes/Date/format';
import { placeOf } from '../../datatypes/Reference/place';
import { Loaded } from '../../design/Panel';
import { Paper } from '../../design/Paper';
import { useLanguage } from '../../i18n';
import { SECTION_OF, columnsOf, useSynthesis, type Line, type Part, type Synthesis } from './synthesis.resource';
import './synthesis.css';

/** One page, each line linked to where it comes from; what is printed is the same. */
export default function SynthesisPage({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const query = useSynthesis(patientId);
  return (
    <div className="mh-page mh-synthesis-page">
      <h2 className="mh-sr">{t('section.synthesis')}</h2>
      <Loaded query={query}>{(data) => <Whole data={data} again={() => void query.refetch()} busy={query.isFetching} />}</Loaded>
    </div>
  );
}

function Whole({ data, again, busy }: { data: Synthesis; again: () => void; busy: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const at = t('synthesis.at', { at: formatDateTime(data.generatedAt, language) ?? '' });
  const [left, right] = columnsOf(data.sections);
  return (
    <>
      <div className="mh-page-head">
        <p className="mh-quiet mh-grow">{at}{' · '}{t('synthesis.explain')}</p>
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden="true" />} loading={busy} onClick={again}>{t('synthesis.again')}</Button>
        <Button leftSection={<IconPrinter size={16} aria-hidden="true" />} onClick={() => window.print()}>{t('synthesis.print')}</Button>
      </div>
      <article className="mh-synthesis">
        <div>{left.map((part) => <PartOf key={part.code} part={part} patientId={data.patient} />)}</div>
        <div>{right.map((part) => <PartOf key={part.code} part={part} patientId={data.patient} />)}</div>
      </article>
      <Paper patientId={data.patient} title={t('synthesis.title')} foot={<p>{at}{' '}{t('synthesis.explain')}</p>}>
        <div className="mh-synthesis-paper">{data.sections.map((part) => <PartOf key={part.code} part={part} patientId={null} />)}</div>
      </Paper>
    </>
  );
}

/** On paper (without a patient to link to) the lines are plain. */
function PartOf({ part, patientId }: { part: Part; patientId: string | null }) {
  const { t } = useTranslation();
  const Heading = patientId ? 'h3' : 'h2';
  return (
    <section className="mh-synthesis-part">
      <Heading>{part.title}</Heading>
      {part.lines.length > 0 && <ul>{part.lines.map((line, index) => <li key={index}><LineOf line={line} part={part.code} patientId={patientId} /></li>)}</ul>}
      {part.state && <p className={part.state === 'unavailable' ? 'mh-warn' : 'mh-quiet'}>{t(`synthesis.state.${part.state}`)}</p>}
      {!part.state && part.lines.length === 0 && <p className="mh-quiet">{t('synthesis.state.not-recorded')}</p>}
      {part.omitted ? <p className="mh-quiet">{t('synthesis.omitted', { count: part.omitted })}</p> : null}
    </section>
  );
}

function LineOf({ line, part, patientId }: { line: Line; part: string; patientId: string | null }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const Mark = line.emphasis === 'critical' ? IconAlertOctagon : IconAlertTriangle;
  const look = line.emphasis === 'critical' ? 'mh-stop' : line.emphasis === 'abnormal' ? 'mh-warn' : 'mh-strong';
  const text = (
    <>
      {line.emphasis && <><Mark size={14} aria-hidden="true" /><span className="mh-sr">{t(`synthesis.${line.emphasis}`)} </span></>}
      {line.text}
    </>
  );
  const place = patientId ? placeOf(patientId, line.source, line.source.startsWith('Observation/') ? SECTION_OF[part] : undefined) : null;
  return (
    <>
      {place ? <Link className={look} activeOptions={{ exact: true }} to={place.to} search={place.search as never}>{text}</Link> : <span className={look}>{text}</span>}
      {line.detail && <span> {line.detail}</span>}
      {line.date && <span className="mh-quiet mh-nowrap"> {formatDate(line.date, language)}</span>}
    </>
  );
}
