import { describe, expect, it } from 'vitest';
import { deviceName } from './device.resource';
import { securityView } from './security.resource';

describe('the device of a session', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge · Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
    ['Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1', 'Safari · iPad'],
    ['curl/8.14', 'curl/8.14'],
    ['', ''],
  ])('%s', (agent, name) => expect(deviceName(agent)).toBe(name));
});

describe('the account', () => {
  it('lists this session first, then the latest, and leaves applications to their own list', () => {
    const view = securityView({ sessions: [{ id: 'old', used: '2026-01-01' }, { id: 'app', client: 'x' }, { id: 'new', used: '2026-02-01' }, { id: 'here', current: true, used: '2025-12-01' }] });
    expect(view.sessions.map((row) => row.id)).toEqual(['here', 'new', 'old']);
  });
});
