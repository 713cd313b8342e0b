import type { ReactNode } from 'react';

interface HeaderButtonProps {
  label: string;
  children: ReactNode;
  onClick?: () => void;
  /** Left out where the header is narrow: the palette and the menu of the person have it too. */
  wide?: boolean;
  disabled?: boolean;
}

/** A button of the header: an icon, named for the ear and under the pointer. */
export function HeaderButton({ label, children, onClick, wide, disabled }: HeaderButtonProps) {
  return (
    <button type="button" className="mh-header-icon" data-wide={wide || undefined} aria-label={label} title={label} onClick={onClick} disabled={disabled}>
      {children}
    </button>
  );
}
