import { useEffect } from 'react';
import { keepAlive } from '../fhir/auth';
import { freshFactor } from '../fhir/fresh';
import { useSession } from '../fhir/session';
import FreshDialog from './door/fresh.modal';
import LockScreen from './door/lock.screen';
import Relogin from './door/relogin.modal';
import { onCommand } from '../design/commands';
import { lockStation, watchTabs } from './lock';

const LOOK_MS = 5_000;
const GESTURES = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Locks a page that nobody touches as soon as its session is over, and keeps the session of who types without sending. */
function useIdleLock(idle: number | null) {
  useEffect(() => {
    if (!idle) return;
    let touched = Date.now();
    let told = Date.now();
    const touch = () => {
      touched = Date.now();
    };
    const look = () => {
      const now = Date.now();
      if (now - touched >= idle * 1000) lockStation();
      else if (touched > told && now - told >= (idle * 1000) / 3) {
        told = now;
        void keepAlive().catch(() => undefined);
      }
    };
    for (const name of GESTURES) window.addEventListener(name, touch, { passive: true, capture: true });
    const timer = setInterval(look, LOOK_MS);
    return () => {
      clearInterval(timer);
      for (const name of GESTURES) window.removeEventListener(name, touch, { capture: true });
    };
  }, [idle]);
}

/** What watches over a signed-in page: the lock, the tabs beside it, and the questions that stand over the page. They come
 * in one piece, so that a station whose network is away can still be locked. */
export default function Guard() {
  const current = useSession();
  useIdleLock(current.state === 'in' ? current.me.idle : null);
  useEffect(watchTabs, []);
  useEffect(() => onCommand('lock', lockStation), []);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'l') return;
      event.preventDefault();
      lockStation();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  useEffect(() => {
    freshFactor.asker = true;
    return () => {
      freshFactor.asker = false;
      freshFactor.answer(false);
    };
  }, []);
  return (
    <>
      <FreshDialog />
      {current.state === 'expired' && <Relogin me={current.me} />}
      {current.state === 'locked' && <LockScreen me={current.me} />}
    </>
  );
}
