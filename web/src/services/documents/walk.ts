import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { isTyping } from '../../design/keyboard';
import { idOf, useList, type Document } from './document.resource';
import { neighbourOf } from './neighbour';

const ALL = { type: null, status: null };
const STEPS: Record<string, 1 | -1> = { ArrowLeft: -1, ArrowRight: 1 };

/** Keys of an open document: the arrows lead to the patient's next one made here, Escape back to the list. */
export function useWalk(document: Document, back: string): void {
  const navigate = useNavigate();
  const list = useList(idOf(document.patient), ALL);
  const rows = list.data?.rows;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      // Asked before the dialog or menu that Escape closes has gone.
      if (isTyping(event) || window.document.querySelector('[role="dialog"], [role="menu"]')) return;
      if (event.key === 'Escape') void navigate({ to: back });
      const step = STEPS[event.key];
      const next = step ? neighbourOf((rows ?? []).filter(({ type }) => type !== null), document.id, step) : null;
      if (next) void navigate({ to: `/documents/${next}`, replace: true });
    };
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, [navigate, back, rows, document.id]);
}
