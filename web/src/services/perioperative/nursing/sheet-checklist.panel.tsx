import { useTranslation } from 'react-i18next';
import { formatTime } from '../../../datatypes/Date/format';
import { useLanguage } from '../../../i18n';
import { decisionsOf, type RoomSheet, type SheetPhase } from './sheet.resource';

/** Each phase of the checklist: how it ended, who attested it, and what the team decided. */
export function SheetChecklist({ checklist }: { checklist: RoomSheet['checklist'] }) {
  return (
    <>
      <h2>{checklist.title}</h2>
      <ul>{checklist.phases.map((phase) => <PhaseLine key={phase.code} phase={phase} />)}</ul>
    </>
  );
}

function PhaseLine({ phase }: { phase: SheetPhase }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const told = (by?: string, at?: string) => [by, formatTime(at, language)].filter(Boolean).join(' ');
  const { outcome } = phase;
  const state = outcome ? t(outcome.go ? 'peri.sheet.go' : 'peri.sheet.noGo') : t('peri.sheet.notOver', { done: phase.items.filter(({ id }) => phase.given[id]).length, of: phase.items.length });
  return (
    <li>
      <strong>{phase.title} : {state}</strong>{outcome && ` · ${told(outcome.by, outcome.at)}`}{outcome?.reason && ` · ${outcome.reason}`}
      <p>{phase.roles.map((role) => {
        const one = phase.attested.find((attested) => attested.role === role);
        return `${t(`peri.sheet.role.${role}` as 'peri.sheet.role.surgeon')} : ${one ? told(one.by, one.at) : t('peri.sheet.notAttested')}`;
      }).join(' · ')}</p>
      {decisionsOf(phase).map(({ id, text, decision }) => <p key={id}>{text} → {decision}</p>)}
    </li>
  );
}
