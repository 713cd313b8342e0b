import { IconAlertTriangle, IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Flag } from './observations.resource';

/** The class of the value that a flag belongs to. */
export const flagClass = (flag: Flag | undefined): string => (!flag ? '' : flag.startsWith('critical') ? 'mh-critical' : 'mh-flagged');

/** Abnormal by colour, icon and letter together; red only for critical values. */
export function FlagMark({ flag }: { flag: Flag }) {
  const { t } = useTranslation();
  if (!flag) return null;
  const critical = flag.startsWith('critical');
  const Arrow = flag.endsWith('high') ? IconArrowUp : flag.endsWith('low') ? IconArrowDown : IconAlertTriangle;
  return (
    <span className={critical ? 'mh-flag mh-stop' : 'mh-flag mh-warn'} title={t(`flag.${flag}`)}>
      <Arrow size={13} stroke={2.4} aria-hidden="true" />
      <span aria-hidden="true">{t(`flagLetter.${flag}`)}</span>
      <span className="mh-sr">{t(`flag.${flag}`)}</span>
    </span>
  );
}
