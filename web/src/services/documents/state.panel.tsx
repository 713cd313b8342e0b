import { IconAlertTriangle, IconBan, IconCircleCheck, IconCircleDashed, IconFileOff, IconFilePencil, IconFileText, IconRefreshAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ItemState, Status, Told } from './document.resource';

type State = ItemState | Status;

const LOOK: Record<State, [typeof IconBan, string]> = {
  missing: [IconCircleDashed, 'mh-tag mh-tag-warn'],
  draft: [IconFilePencil, 'mh-tag mh-tag-accent'],
  final: [IconFileText, 'mh-tag mh-tag-accent'],
  signed: [IconCircleCheck, 'mh-tag mh-tag-ok'],
  outdated: [IconRefreshAlert, 'mh-tag mh-tag-stop'],
  refused: [IconBan, 'mh-tag mh-tag-stop'],
  revoked: [IconBan, 'mh-tag mh-tag-stop'],
  superseded: [IconFileOff, 'mh-tag'],
  withdrawn: [IconFileOff, 'mh-tag'],
};

export function StateTag({ state }: { state: State }) {
  const { t } = useTranslation();
  const [StateIcon, tone] = LOOK[state];
  return <span className={tone}><StateIcon size={14} aria-hidden="true" />{t(`papers.state.${state}`)}</span>;
}

/** Sentences of the server about what is wanting. */
export function Sentences({ rows, soft = false }: { rows: readonly Told[]; soft?: boolean }) {
  if (!rows.length) return null;
  return (
    <ul className="mh-papers-told">
      {rows.map(({ code, text }) => <li key={code + text} className={soft ? 'mh-quiet' : 'mh-warn'}><IconAlertTriangle size={14} aria-hidden="true" /><span>{text}</span></li>)}
    </ul>
  );
}
