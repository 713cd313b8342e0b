import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Item } from './document.resource';
import { Sentences, StateTag } from './state.panel';

/** One document of an operation; its next act stands at the end of the line. */
export function PackageRow({ item, surgery }: { item: Item; surgery: string }) {
  const { t } = useTranslation();
  const { document, missing, state, required, title, type, why } = item;
  const compose = `/surgeries/${surgery}/documents/${type}`;
  const shown = document && `/documents/${document.id}`;
  return (
    <tr>
      <th scope="row">
        {shown ? <Link to={shown} className="mh-rowlink">{title}</Link> : title}
        {!required && <span className="mh-quiet"> · {t('papers.optional')}</span>}
      </th>
      <td className="mh-tight">{state === 'missing' && !required ? <span className="mh-quiet">{t('papers.notYet')}</span> : <StateTag state={state} />}</td>
      <td>
        {why && <p className={state === 'outdated' ? 'mh-stop' : 'mh-quiet'}>{why}</p>}
        {document === null && <Sentences rows={missing.slice(0, SHOWN)} soft={!required} />}
        {document === null && missing.length > SHOWN && <span className="mh-quiet">{t('papers.more', { count: missing.length - SHOWN })}</span>}
        {document !== null && <Sentences rows={document.outdated ?? []} />}
      </td>
      <td className="mh-tight"><Next item={item} compose={compose} /></td>
    </tr>
  );
}

const SHOWN = 2;

function Next({ item: { document, state, title }, compose }: { item: Item; compose: string }) {
  const { t } = useTranslation();
  const button = (to: string, words: string, strong = false, search?: Record<string, string>) => (
    <Button component={Link} {...({ to, search } as object)} size="compact-md" variant={strong ? 'filled' : 'default'} aria-label={`${words} : ${title}`}>{words}</Button>
  );
  if (!document) return button(compose, t('papers.write'));
  if (state === 'outdated' || state === 'refused') return button(compose, t('papers.again'), false, { replaces: document.id });
  if (document.may?.sign) return button(`/documents/${document.id}`, t('papers.toSign'), true);
  if (document.may?.collect) return button(`/documents/${document.id}/sign`, t('papers.patientSigns'), true);
  return button(`/documents/${document.id}`, t('papers.open'));
}
