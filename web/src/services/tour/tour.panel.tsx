import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { onCommand } from '../../design/commands';
import { useMe } from '../../fhir/session';
import { RolesModal } from './roles.modal';
import { STEPS, placeOf, type Place } from './steps';
import './tour.css';

/** What only the sample clinic has: the tour in six steps, and the place of another of its people. */
export default function TourLayer() {
  const { demo } = useMe();
  const navigate = useNavigate();
  const [step, setStep] = useState<number | null>(null);
  const [roles, setRoles] = useState(false);
  useEffect(
    () =>
      onCommand('tour', () => {
        // It begins on the home page: that is what it shows.
        void navigate({ to: '/' });
        setStep(0);
      }),
    [navigate],
  );
  useEffect(() => onCommand('roles', () => setRoles(true)), []);
  if (!demo) return null;
  return (
    <>
      {step !== null && <Step index={step} go={setStep} />}
      {roles && <RolesModal close={() => setRoles(false)} />}
    </>
  );
}

interface Standing { card: Place; target: DOMRect | null }

/** Where the card and the frame stand; again after the window or the page under them changed. */
function useStanding(index: number, card: React.RefObject<HTMLElement | null>): Standing | null {
  const [standing, setStanding] = useState<Standing | null>(null);
  useLayoutEffect(() => {
    const place = () => {
      const box = card.current?.getBoundingClientRect();
      if (!box) return;
      const target = document.querySelector(STEPS[index]?.target ?? '')?.getBoundingClientRect() ?? null;
      const shown = target && target.width > 0 ? target : null;
      setStanding({ card: placeOf(shown, box, { width: window.innerWidth, height: window.innerHeight }), target: shown });
    };
    place();
    const watch = new ResizeObserver(place);
    watch.observe(document.body);
    const page = document.getElementById('main');
    if (page) watch.observe(page.firstElementChild ?? page);
    window.addEventListener('resize', place);
    return () => {
      watch.disconnect();
      window.removeEventListener('resize', place);
    };
  }, [index, card]);
  return standing;
}

function Step({ index, go }: { index: number; go: (step: number | null) => void }) {
  const { t } = useTranslation();
  const card = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef<Element | null>(null);
  const standing = useStanding(index, card);
  const last = index === STEPS.length - 1;
  const key = STEPS[index]?.key ?? 'welcome';

  // Who uses the keyboard gets back to where they were.
  useEffect(() => {
    before.current = document.activeElement;
    return () => {
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    };
  }, []);
  useEffect(() => heading.current?.focus(), [index]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Escape') go(null);
      else if (!card.current?.contains(document.activeElement)) return;
      else if (event.key === 'ArrowRight') go(last ? null : index + 1);
      else if (event.key === 'ArrowLeft' && index > 0) go(index - 1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [index, last, go]);

  return createPortal(
    <>
      {standing?.target && <div className="mh-tour-frame" style={{ top: standing.target.top - 4, left: standing.target.left - 4, width: standing.target.width + 8, height: standing.target.height + 8 }} />}
      <section ref={card} role="dialog" aria-labelledby="mh-tour-title" aria-describedby="mh-tour-body" className="mh-tour-card" style={standing ? standing.card : { opacity: 0 }}>
        <p className="mh-quiet">{t('tour.step', { number: index + 1, count: STEPS.length })}</p>
        <h2 id="mh-tour-title" ref={heading} tabIndex={-1}>{t(`tour.${key}.title`)}</h2>
        <p id="mh-tour-body">{t(`tour.${key}.body`)}</p>
        <div className="mh-tour-acts">
          {!last && <button type="button" className="mh-link" onClick={() => go(null)}>{t('tour.leave')}</button>}
          <span className="mh-grow" />
          {index > 0 && <Button variant="default" size="compact-md" onClick={() => go(index - 1)}>{t('tour.back')}</Button>}
          <Button size="compact-md" onClick={() => go(last ? null : index + 1)}>{t(last ? 'tour.done' : 'tour.next')}</Button>
        </div>
      </section>
    </>,
    document.body,
  );
}
