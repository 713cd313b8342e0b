import { IconArrowBackUp, IconBan, IconCheck, IconQuestionMark, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { State } from './consent.resource';

const LOOK: Record<State, { tag: string; icon: Icon }> = {
  permit: { tag: 'mh-tag mh-tag-ok', icon: IconCheck },
  deny: { tag: 'mh-tag mh-tag-warn', icon: IconBan },
  withdraw: { tag: 'mh-tag mh-tag-warn', icon: IconArrowBackUp },
  unasked: { tag: 'mh-tag', icon: IconQuestionMark },
};

/** Agreed, refused, withdrawn or never asked: word, icon and colour together. */
export function StateTag({ state }: { state: State }) {
  const { t } = useTranslation();
  const { tag, icon: StateIcon } = LOOK[state];
  return (
    <span className={tag} data-state={state}>
      <StateIcon size={13} aria-hidden="true" />
      {t(`consent.state.${state}`)}
    </span>
  );
}
