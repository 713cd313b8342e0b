import { IconAlertTriangle, IconArrowsHorizontal, IconBed, IconChevronsLeft, IconChevronsRight, IconCircleCheck, IconClockPause, IconDoorExit, IconLock, IconPencil, IconPlayerPlay, IconSend, IconSun, IconUserCheck, IconX, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { riskOf, type CaseStatus, type Lock, type Setting, type Side } from './board.resource';

const SIDE: Record<Side, Icon> = { right: IconChevronsRight, left: IconChevronsLeft, both: IconArrowsHorizontal };

/** The side of the body, in full: never a letter. */
export function SideTag({ side, small = false }: { side: Side | null; small?: boolean }) {
  const { t } = useTranslation();
  if (!side) return null;
  const Mark = SIDE[side];
  return (
    <span className={small ? 'mh-side-word' : 'mh-tag mh-tag-side'} data-side={side}>
      <Mark size={small ? 12 : 14} aria-hidden="true" />
      {t(`theatre.side.${side}`)}
    </span>
  );
}

const LOCK: Record<Lock, Icon> = { draft: IconPencil, published: IconSend, locked: IconLock };

export function LockMark({ lock, word = false }: { lock: Lock; word?: boolean }) {
  const { t } = useTranslation();
  const Mark = LOCK[lock];
  return (
    <span className="mh-inline" title={t(`theatre.lock.${lock}`)}>
      <Mark size={13} aria-hidden="true" />
      <span className={word ? undefined : 'mh-sr'}>{t(`theatre.lock.${lock}`)}</span>
    </span>
  );
}

export function SettingMark({ setting, word = false }: { setting: Setting | null; word?: boolean }) {
  const { t } = useTranslation();
  if (!setting) return null;
  const Mark = setting === 'ambulatory' ? IconSun : IconBed;
  return (
    <span className="mh-inline" title={t(`theatre.setting.${setting}`)}>
      <Mark size={13} aria-hidden="true" />
      <span className={word ? undefined : 'mh-sr'}>{t(`theatre.setting.${setting}`)}</span>
    </span>
  );
}

const STATUS: Record<CaseStatus, Icon> = { requested: IconClockPause, scheduled: IconClockPause, pre_op: IconUserCheck, in_progress: IconPlayerPlay, post_op: IconDoorExit, completed: IconCircleCheck, cancelled: IconX, postponed: IconX };

export function StatusMark({ status, size = 14 }: { status: CaseStatus; size?: number }) {
  const { t } = useTranslation();
  const Mark = STATUS[status] ?? IconClockPause;
  return (
    <span className="mh-inline mh-case-status" data-status={status}>
      <Mark size={size} aria-hidden="true" />
      {t(`theatre.status.${status}`)}
    </span>
  );
}

/** The chance that a room works late, in words and percent. */
export function RiskText({ chance }: { chance: number | null }) {
  const { t } = useTranslation();
  if (chance === null) return null;
  const risk = riskOf(chance);
  return (
    <span className="mh-inline mh-risk" data-risk={risk}>
      {risk !== 'low' && <IconAlertTriangle size={13} aria-hidden="true" />}
      {t('theatre.overtime', { percent: Math.round(chance * 100) })}
    </span>
  );
}
