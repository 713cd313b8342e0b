import { Button, Modal } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface Detector { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> }
interface DetectorMaker { new (options: { formats: string[] }): Detector }

const maker = (): DetectorMaker | undefined => (window as unknown as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;

/** Whether this browser reads codes by itself, and may use a camera (only on a secure address). */
export const hasCamera = (): boolean => maker() !== undefined && 'mediaDevices' in navigator;

const LOOK_MS = 250;
const FORMATS = ['data_matrix', 'qr_code', 'code_128'];

/** The picture of the camera, until a code is found. Nothing of it leaves the browser. */
export function Camera({ found, close }: { found: (code: string) => void; close: () => void }) {
  const { t } = useTranslation();
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  const tell = useRef(found);
  useEffect(() => {
    tell.current = found;
  });
  useEffect(() => {
    const Maker = maker();
    if (!Maker) return;
    let stream: MediaStream | null = null;
    let over = false;
    const detector = new Maker({ formats: FORMATS });
    const look = async () => {
      if (over || !video.current) return;
      const codes = await detector.detect(video.current).catch(() => []);
      if (over) return;
      if (codes[0]) tell.current(codes[0].rawValue);
      else setTimeout(() => void look(), LOOK_MS);
    };
    const start = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (over || !video.current) return stream.getTracks().forEach((track) => track.stop());
      video.current.srcObject = stream;
      await video.current.play();
      await look();
    };
    start().catch(() => setRefused(true));
    return () => {
      over = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, []);
  return (
    <Modal opened onClose={close} title={t('peri.scan.camera')} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {refused ? <p className="mh-warn" role="alert">{t('peri.scan.cameraRefused')}</p> : <video ref={video} className="mh-peri-video" muted playsInline aria-label={t('peri.scan.camera')} />}
      <div className="mh-actions mh-actions-end"><Button size="lg" variant="default" onClick={close}>{t('form.cancel')}</Button></div>
    </Modal>
  );
}
