import { IconArrowsHorizontal, IconChevronsLeft, IconChevronsRight, IconSlice, IconStethoscope } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Entry } from './agenda.resource';

const SIDE = { right: IconChevronsRight, left: IconChevronsLeft, both: IconArrowsHorizontal };

export function SideWord({ side }: { side: Entry['side'] }) {
  const { t } = useTranslation();
  if (!side) return null;
  const Mark = SIDE[side];
  return <span className="mh-agenda-side"><Mark size={13} aria-hidden="true" />{t(`theatre.side.${side}`)}</span>;
}

/** Theatre or consultation: a mark and a word. */
export function KindMark({ kind, word = false }: { kind: Entry['kind']; word?: boolean }) {
  const { t } = useTranslation();
  const Mark = kind === 'theatre' ? IconSlice : IconStethoscope;
  return <span className="mh-inline"><Mark size={14} aria-hidden="true" /><span className={word ? undefined : 'mh-sr'}>{t(`agenda.kind.${kind}`)}</span></span>;
}

/** Whom it is about: a link to the chart, or nothing but that the hour is taken. */
export function WhoLink({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  return entry.patient ? <Link className="mh-agenda-link" to={`/patients/${entry.patient.id}`}>{entry.patient.name}</Link> : <span>{t('theatre.busy')}</span>;
}

/** What it is: the act, or the kind of consultation and its reason. */
export const whatOf = (entry: Entry): string => (entry.kind === 'theatre' ? (entry.act ?? '') : [entry.type, entry.reason].filter(Boolean).join(' · '));
