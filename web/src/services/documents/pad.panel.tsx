import { Button } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useImperativeHandle, useRef, type PointerEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';

export interface PadHandle {
  /** The drawing as a PNG; null while nothing is drawn. */
  image: () => string | null;
}

// Drawn at twice the size that is shown, within what the server takes (2000 × 1000).
const WIDTH = 1400;
const HEIGHT = 420;
const PEN = 5;
/** A dot is no signature. */
const SHORTEST = 40;

/** Where the hand signs, by finger, pen or mouse. Ink is black on white in every theme: it is printed. */
export function Pad({ drawn, ref }: { drawn: (drawn: boolean) => void; ref: Ref<PadHandle> }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const length = useRef(0);
  const last = useRef<{ x: number; y: number } | null>(null);
  useImperativeHandle(ref, () => ({ image: () => (length.current < SHORTEST ? null : (canvas.current?.toDataURL('image/png') ?? null)) }), []);
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: ((event.clientX - box.left) / box.width) * WIDTH, y: ((event.clientY - box.top) / box.height) * HEIGHT };
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const pen = canvas.current?.getContext('2d');
    if (!pen || !last.current) return;
    const to = at(event);
    pen.lineWidth = PEN;
    pen.lineCap = 'round';
    pen.strokeStyle = '#000';
    pen.beginPath();
    pen.moveTo(last.current.x, last.current.y);
    pen.lineTo(to.x, to.y);
    pen.stroke();
    length.current += Math.hypot(to.x - last.current.x, to.y - last.current.y);
    last.current = to;
    if (length.current >= SHORTEST) drawn(true);
  };
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, WIDTH, HEIGHT);
    length.current = 0;
    drawn(false);
  };
  return (
    <div className="mh-papers-pad">
      <div className="mh-row">
        <span className="mh-strong mh-grow">{t('papers.drawHere')}</span>
        <Button variant="default" leftSection={<IconEraser size={16} aria-hidden="true" />} onClick={clear}>{t('papers.clear')}</Button>
      </div>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={t('papers.pad')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = at(event);
        }}
        onPointerMove={move}
        onPointerUp={() => (last.current = null)}
        onPointerCancel={() => (last.current = null)}
      />
    </div>
  );
}
