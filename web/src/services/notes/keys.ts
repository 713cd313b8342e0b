import { useEffect, useRef } from 'react';

/** What stands over a page and takes the keys first. */
const OVER = '[role="dialog"], [role="menu"], .mh-note-offer';

/** Keys of a page. They are looked at before anything else, while a dialog that Esc is about to close is still there. */
export function useKeys(press: (event: KeyboardEvent, over: boolean) => boolean): void {
  const held = useRef(press);
  useEffect(() => {
    held.current = press;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (held.current(event, document.querySelector(OVER) !== null)) event.preventDefault();
    };
    window.addEventListener('keydown', hear, true);
    return () => window.removeEventListener('keydown', hear, true);
  }, []);
}
