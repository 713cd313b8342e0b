import { useEffect, useRef } from 'react';

/** Listens to keys on the page; what `press` answers with true goes no further. Dialogs keep their own keys. */
export function useKey(press: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!document.querySelector('[role="dialog"]') && latest.current(event)) event.preventDefault();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}
