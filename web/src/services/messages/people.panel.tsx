import { Checkbox, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PractitionerPicker } from '../../design/PersonPickers';
import type { Picked } from '../../design/Picker';
import { TEAMS, type Team } from './messages.resource';

export interface Chosen { people: Picked[]; teams: Team[] }

export const toOf = ({ people, teams }: Chosen): string[] => [...people.map(({ id }) => `Practitioner/${id}`), ...teams];

/** To whom: people by name, and teams. */
export function PeopleFields({ chosen, choose }: { chosen: Chosen; choose: (chosen: Chosen) => void }) {
  const { t } = useTranslation();
  const { people, teams } = chosen;
  return (
    <fieldset className="mh-talk-to">
      <legend>{t('messages.to')}</legend>
      {people.length > 0 && <ul className="mh-talk-people">{people.map((one) => <li key={one.id}>{one.label}<CloseButton size="sm" aria-label={t('messages.drop', { who: one.label })} onClick={() => choose({ teams, people: people.filter(({ id }) => id !== one.id) })} /></li>)}</ul>}
      <PractitionerPicker label={t('messages.person')} picked={null} pick={(one) => one && !people.some(({ id }) => id === one.id) && choose({ teams, people: [...people, one] })} />
      <div className="mh-talk-teams">
        {TEAMS.map((team) => <Checkbox key={team} label={t(`messages.team.${team}`)} checked={teams.includes(team)} onChange={(event) => choose({ people, teams: event.currentTarget.checked ? [...teams, team] : teams.filter((one) => one !== team) })} />)}
      </div>
    </fieldset>
  );
}
