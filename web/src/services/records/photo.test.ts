import { describe, expect, it } from 'vitest';
import { patientView } from './patient.resource';
import { smallJpeg, square } from './photo.resource';

describe('a photo', () => {
  it('is the square in the middle', () => {
    expect(square(400, 300)).toEqual({ x: 50, y: 0, side: 300 });
    expect(square(300, 400)).toEqual({ x: 0, y: 50, side: 300 });
  });
  it('is refused when it is no picture', async () => {
    expect(await smallJpeg(new File(['x'], 'a.svg', { type: 'image/svg+xml' }))).toEqual({ fault: 'kind' });
  });
  it('is shown only from the record itself, and only as JPEG', () => {
    const photo = (one: object) => patientView({ resourceType: 'Patient', photo: [one] }, '2026-11-22').photo;
    expect(photo({ contentType: 'image/jpeg', data: '/9j/4A==' })).toBe('data:image/jpeg;base64,/9j/4A==');
    expect([photo({ contentType: 'image/jpeg', url: 'https://x.example/p' }), photo({ contentType: 'image/svg+xml', data: 'PHN2' }), photo({ contentType: 'image/jpeg', data: '"><x' })]).toEqual([null, null, null]);
  });
});
