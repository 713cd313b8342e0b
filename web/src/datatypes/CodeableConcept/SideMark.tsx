import { IconArrowBigLeftLine, IconArrowBigRightLine, IconArrowsHorizontal } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Side } from './laterality';

const ICONS = { right: IconArrowBigRightLine, left: IconArrowBigLeftLine, both: IconArrowsHorizontal };

/** DROIT, GAUCHE, BILATÉRAL: spelled out, with its icon. */
export function SideMark({ side }: { side: Side | null }) {
  const { t } = useTranslation();
  if (!side) return null;
  const SideIcon = ICONS[side];
  return (
    <span className="mh-tag">
      <SideIcon size={13} aria-hidden="true" />
      {t(`side.${side}`)}
    </span>
  );
}
