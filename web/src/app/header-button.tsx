import type { ReactNode } from 'react';

interface HeaderButtonProps {
  label: string;
  children: ReactNode;
  onClick?: () => void;
  /** Left out where the header is narrow: the palette and the menu of the person have it too. */
  wide?: boolean;
  disabled?: boolean;
  /** What a step of the tour points at. */
  tour?: string;
}

/** A button of the header: an icon, named for the ear and under the pointer. */
export function HeaderButton({ label, children, onClick, wide, disabled, tour }: HeaderButtonProps) {
  return (
    <button type="button" className="mh-header-icon" data-wide={wide || undefined} data-tour={tour} aria-label={label} title={label} onClick={onClick} disabled={disabled}>
      {children}
    </button>
  );
}
