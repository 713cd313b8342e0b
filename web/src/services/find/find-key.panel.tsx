import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isTyping } from '../../design/keyboard';

const CHART = /^\/patients\/(?!nouveau$)[^/]+/;

/** Draws nothing: `f` opens the search in the record on screen, or in the records of one's patients. */
export default function FindKey() {
  const navigate = useNavigate();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'f' || isTyping(event) || document.querySelector('[role="dialog"]')) return;
      event.preventDefault();
      const chart = CHART.exec(window.location.pathname)?.[0];
      void navigate({ to: chart ? `${chart}/chercher` : '/find' });
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate]);
  return null;
}
