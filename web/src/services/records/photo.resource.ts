// A photo made small in the browser: what leaves it is 256 pixels of JPEG, without what a camera writes beside.

export const SIDE = 256;
/** Characters of base 64 that the server takes. */
const MOST = 64_000;
/** Larger files are no photos of a face. */
const FILE_MOST = 20_000_000;

/** A sentence under `photo.fault.*`. */
export type PhotoFault = 'kind' | 'large' | 'broken';

/** The square in the middle of a picture. */
export function square(width: number, height: number): { x: number; y: number; side: number } {
  const side = Math.min(width, height);
  return { x: (width - side) / 2, y: (height - side) / 2, side };
}

/** Base 64 of the small picture, or why there is none. */
export async function smallJpeg(file: File): Promise<{ data: string } | { fault: PhotoFault }> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return { fault: 'kind' };
  if (file.size > FILE_MOST) return { fault: 'large' };
  const picture = await createImageBitmap(file).catch(() => null);
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const paint = canvas.getContext('2d');
  if (!picture || !paint) return { fault: 'broken' };
  const { x, y, side } = square(picture.width, picture.height);
  paint.fillStyle = '#fff';
  paint.fillRect(0, 0, SIDE, SIDE);
  paint.drawImage(picture, x, y, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  for (const quality of [0.85, 0.7, 0.5]) {
    const data = canvas.toDataURL('image/jpeg', quality).split(',')[1] ?? '';
    if (data && data.length <= MOST) return { data };
  }
  return { fault: 'large' };
}
