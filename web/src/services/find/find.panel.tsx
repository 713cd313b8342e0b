import { Chip, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../datatypes/Date/DateText';
import { placeOf } from '../../datatypes/Reference/place';
import { Loaded, Panel } from '../../design/Panel';
import { HIT_KINDS, SHORTEST, byPatient, useFind, type Hit, type HitKind } from './find.resource';
import './find.css';

const WAIT_MS = 220;

/** The field, and what was found, with the words marked; each hit leads to where it stands. */
export function FindPanel({ patientId }: { patientId?: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed, WAIT_MS);
  const [kind, setKind] = useState<HitKind | null>(null);
  const query = useFind(words, patientId);
  const asked = words.trim().length >= SHORTEST;
  const hits = (query.data?.hits ?? []).filter((hit) => !kind || hit.kind === kind);
  const kinds = HIT_KINDS.filter((one) => query.data?.hits.some((hit) => hit.kind === one));
  return (
    <>
      <TextInput
        className="mh-find-field"
        size="md"
        autoFocus
        aria-label={t(patientId ? 'find.inRecord' : 'find.inMine')}
        placeholder={t(patientId ? 'find.inRecord' : 'find.inMine')}
        leftSection={<IconSearch size={18} aria-hidden="true" />}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="mh-find-kinds" role="group" aria-label={t('find.kinds')}>
        {asked && kinds.map((one) => (
          <Chip key={one} size="xs" variant="outline" checked={kind === one} onChange={(on) => setKind(on ? one : null)}>{t(`find.kind.${one}`)}</Chip>
        ))}
      </div>
      {!asked && <p className="mh-quiet">{t(patientId ? 'find.hintRecord' : 'find.hintMine')}</p>}
      {asked && (
        <Loaded query={query}>
          {({ truncated }) => (
            <>
              <p className="mh-sr" role="status">{t('find.found', { count: hits.length })}</p>
              {hits.length === 0 && <p className="mh-empty">{t('find.nothing')}</p>}
              {patientId ? hits.length > 0 && <Panel title={t('find.results')} count={hits.length} flush><Hits hits={hits} /></Panel> : <div className="mh-column">{byPatient(hits).map((group) => <Panel key={group.patient} title={<Link to={`/patients/${group.patient}`}>{group.name}</Link>} count={group.hits.length} flush><Hits hits={group.hits} /></Panel>)}</div>}
              {truncated && <p className="mh-quiet mh-find-more">{t('find.truncated')}</p>}
            </>
          )}
        </Loaded>
      )}
    </>
  );
}

function Hits({ hits }: { hits: Hit[] }) {
  const { t } = useTranslation();
  return (
    <ul className="mh-list mh-find">
      {hits.map((hit, index) => {
        const { to, search } = placeOf(hit.patient, hit.resource, hit.kind === 'result' ? 'labs' : undefined);
        return (
          <li key={hit.resource + String(index)}>
            <span className="mh-find-kind">{t(`find.kind.${hit.kind}`)}</span>
            <div className="mh-grow">
              <Link className="mh-strong" to={to} search={search as never}>{hit.titleParts ? <Marked parts={hit.titleParts} /> : hit.title || t(`find.kind.${hit.kind}`)}</Link>
              {hit.excerpt.length > 0 && (
                <p className="mh-quiet">
                  <Marked parts={hit.excerpt} />
                </p>
              )}
            </div>
            {hit.date && <span className="mh-find-date"><DateText value={hit.date} /></span>}
          </li>
        );
      })}
    </ul>
  );
}

function Marked({ parts }: { parts: { text: string; hit: boolean }[] }) {
  return <>{parts.map(({ text, hit }, index) => (hit ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>))}</>;
}
