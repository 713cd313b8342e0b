import { Button, Textarea } from '@mantine/core';
import { IconArrowForwardUp, IconCheck, IconMessage } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDate, formatDateTime } from '../../datatypes/Date/format';
import { personName } from '../../datatypes/HumanName/name';
import { identityOf } from '../../datatypes/Identifier/identity';
import { FailureNotice } from '../../design/FailureNotice';
import { Panel } from '../../design/Panel';
import { PractitionerPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { fhirRead } from '../../fhir/client';
import type { Patient } from '../../fhir/types';
import { useLanguage } from '../../i18n';
import { CoverNotice, DueText, FlagMark, FlagTag, flagLook } from './mark.panel';
import { localRange, localValue, type Item, type Value, type useAct } from './result.resource';

type Asked = 'comment' | 'forward' | null;
interface DetailProps { item: Item; act: ReturnType<typeof useAct>; asked: Asked; ask: (what: Asked) => void; acknowledge: () => void }

/** One report: whose it is, its values with those before, what was said about it, and what to do with it. */
export function Detail({ item, act, asked, ask, acknowledge }: DetailProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Panel
      title={<span className="mh-inline">{item.title} <FlagTag flags={item.flags} /></span>}
      side={<span>{formatDateTime(item.date, language)}{' · '}{t(`results.status.${item.status as 'final'}`)}</span>}
      flush
    >
      <div className="mh-result-who">
        <Who item={item} />
        <div className="mh-actions">
          <Button variant="default" leftSection={<IconMessage size={16} aria-hidden="true" />} aria-keyshortcuts="c" aria-expanded={asked === 'comment'} onClick={() => ask(asked === 'comment' ? null : 'comment')}>{t('results.comment')}</Button>
          <Button variant="default" leftSection={<IconArrowForwardUp size={16} aria-hidden="true" />} aria-keyshortcuts="t" aria-expanded={asked === 'forward'} onClick={() => ask(asked === 'forward' ? null : 'forward')}>{t('results.forward')}</Button>
          {item.state === 'open' && <Button leftSection={<IconCheck size={16} aria-hidden="true" />} aria-keyshortcuts="a" title={t('results.acknowledgeKey')} loading={act.isPending} onClick={acknowledge}>{t('results.acknowledge')}</Button>}
        </div>
      </div>
      {act.isError && <FailureNotice error={act.error} />}
      <CoverNotice item={item} />
      {item.corrected && item.state === 'open' && <p className="mh-notice mh-notice-warn">{t('results.correctedExplain')}</p>}
      {asked === 'comment' && <CommentForm item={item} act={act} done={() => ask(null)} />}
      {asked === 'forward' && <ForwardForm item={item} act={act} done={() => ask(null)} />}
      <ValueTable values={item.values} />
      {item.conclusion && <p className="mh-result-text"><strong>{t('results.conclusion')}</strong> {item.conclusion}</p>}
      <div className="mh-result-foot">
        {item.state === 'open' ? <DueText item={item} /> : <span className="mh-inline mh-ok"><IconCheck size={14} aria-hidden="true" />{t('results.seenBy', { name: item.acknowledgedBy?.name ?? '', at: formatDateTime(item.acknowledgedAt, language) ?? '' })}</span>}
        {item.owner?.name && <span className="mh-quiet">{t('results.owner', { name: item.owner.name })}</span>}
      </div>
      {item.comments.length > 0 && (
        <ul className="mh-list mh-result-comments" aria-label={t('results.comments')}>
          {item.comments.map((comment) => (
            <li key={comment.date + comment.text}><p>{comment.text}</p><p className="mh-quiet">{comment.author}{' · '}{formatDateTime(comment.date, language)}</p></li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** A list has no banner: birth date and record number stand beside the name. */
function Who({ item }: { item: Item }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useQuery({ queryKey: ['fhir', 'Patient', item.patient], queryFn: ({ signal }) => fhirRead<Patient>('Patient', item.patient, signal) });
  return (
    <p className="mh-grow">
      <Link className="mh-result-name" to={`/patients/${item.patient}`}>{(data && personName(data.name).full) || item.patientName}</Link>
      <span className="mh-quiet mh-result-born">{data && [formatDate(data.birthDate, language), identityOf(data).ipp && `${t('banner.ipp')} ${identityOf(data).ipp}`].filter(Boolean).join(' · ')}</span>
    </p>
  );
}

function ValueTable({ values }: { values: Value[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!values.length) return null;
  return (
    <table className="mh-table">
      <thead>
        <tr>
          <th scope="col">{t('labs.analyte')}</th>
          <th scope="col" className="mh-num">{t('common.value')}</th>
          <th scope="col">{t('common.unit')}</th>
          <th scope="col">{t('labs.flag')}</th>
          <th scope="col">{t('labs.range')}</th>
          <th scope="col" className="mh-num">{t('labs.previous')}</th>
        </tr>
      </thead>
      <tbody>
        {values.map((value) => (
          <tr key={value.observation} data-flag={value.flag}>
            <td>{value.name}</td>
            <td className={`mh-num mh-strong ${flagLook(value.flag)}`}>{localValue(value.value, language)}</td>
            <td className="mh-quiet">{value.unit}</td>
            <td><FlagMark flag={value.flag} /></td>
            <td className="mh-quiet mh-nowrap">{value.range && localRange(value.range, language)}</td>
            <td className="mh-num mh-quiet">{value.previous && `${localValue(value.previous.value, language)} · ${formatDate(value.previous.date, language)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CommentForm({ item, act, done }: { item: Item; act: DetailProps['act']; done: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const send = (verb: 'comment' | 'acknowledge') => act.mutate({ report: item.report, act: { verb, comment: text.trim() } }, { onSuccess: done });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) send('comment');
  };
  return (
    <form className="mh-result-form" onSubmit={submit}>
      <Textarea autoFocus label={t('results.comment')} rows={2} maxLength={1000} value={text} onChange={(event) => setText(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Escape') done(); }} />
      <div className="mh-actions">
        <Button type="submit" size="compact-sm" variant="default" disabled={!text.trim()} loading={act.isPending}>{t('results.commentOnly')}</Button>
        {item.state === 'open' && <Button size="compact-sm" disabled={!text.trim()} loading={act.isPending} onClick={() => send('acknowledge')}>{t('results.commentAndAcknowledge')}</Button>}
      </div>
    </form>
  );
}

function ForwardForm({ item, act, done }: { item: Item; act: DetailProps['act']; done: () => void }) {
  const { t } = useTranslation();
  const [to, setTo] = useState<Picked | null>(null);
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (to) act.mutate({ report: item.report, act: { verb: 'forward', to: `Practitioner/${to.id}`, ...(text.trim() ? { comment: text.trim() } : {}) } }, { onSuccess: done });
  };
  return (
    <form className="mh-result-form" onSubmit={submit}>
      <PractitionerPicker label={t('results.forwardTo')} picked={to} pick={setTo} />
      <Textarea label={t('results.comment')} rows={2} maxLength={1000} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <div className="mh-actions"><Button type="submit" size="compact-sm" disabled={!to} loading={act.isPending}>{t('results.forward')}</Button></div>
    </form>
  );
}
