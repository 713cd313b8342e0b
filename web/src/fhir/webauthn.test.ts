import { describe, expect, it } from 'vitest';
import { fromBase64url, toBase64url } from './webauthn';

describe('base64url', () => {
  it('carries every byte there and back, without padding', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i);
    const text = toBase64url(all.buffer);
    expect(text).not.toMatch(/[+/=]/);
    expect([...fromBase64url(text)]).toEqual([...all]);
  });
});
