import { describe, expect, it } from 'vitest';
import { Failure } from '../../fhir/http';
import { TapQueue, overlay, type Tap } from './queue';

const tap = (key: string, surgery = 's1'): Tap => ({ key, surgery, kind: 'milestone', method: 'POST', path: `surgeries/${surgery}/milestones`, body: { code: 'in' }, at: '2026-11-23T08:00:00Z' });
const offline = () => new Failure('unreachable', 0, '', null);
const refusal = () => new Failure('refused', 409, 'Le temps mort n’est pas fait.', null);

/** A disk and a server that the test holds; the server keeps one of two taps with the same name. */
function world() {
  const disk = new Map<string, Tap>();
  const server = { fault: null as unknown, loseAnswer: false, told: [] as string[], tries: 0 };
  const queue = () =>
    new TapQueue({
      load: () => Promise.resolve([...disk.values()]),
      keep: (one) => Promise.resolve(void disk.set(one.key, one)),
      drop: (key) => Promise.resolve(void disk.delete(key)),
      send: (one) => {
        server.tries += 1;
        if (server.fault) return Promise.reject(server.fault as Error);
        if (!server.told.includes(one.key)) server.told.push(one.key);
        return server.loseAnswer ? Promise.reject(offline()) : Promise.resolve();
      },
      alone: (run) => run(),
    });
  return { disk, server, queue };
}

describe('taps', () => {
  it('leave at once, and nothing stays behind', async () => {
    const { disk, server, queue } = world();
    const one = queue();
    await one.add(tap('a'));
    expect([server.told, disk.size, one.get().taps]).toEqual([['a'], 0, []]);
    expect(overlay(one.get()).map(({ key }) => key)).toEqual(['a']);
    one.settle(one.get().sent);
    expect(overlay(one.get())).toEqual([]);
  });

  it('without a network wait in order, and leave once', async () => {
    const { disk, server, queue } = world();
    const one = queue();
    server.fault = offline();
    for (const key of ['a', 'b', 'c']) await one.add(tap(key));
    expect(one.waiting().map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    expect(disk.size).toBe(3);
    server.fault = null;
    expect(await one.flush()).toBe(true);
    expect(server.told).toEqual(['a', 'b', 'c']);
    await one.flush();
    expect(server.told).toEqual(['a', 'b', 'c']);
  });

  it('stay on the screen while another page’s taps are read from the disk', async () => {
    const { disk, server } = world();
    let answer = (): void => undefined;
    const one = new TapQueue({
      // What is read is what stood there when the reading began.
      load: () => {
        const then = [...disk.values()];
        return new Promise((done) => { answer = () => done(then); });
      },
      keep: (kept) => Promise.resolve(void disk.set(kept.key, kept)),
      drop: (key) => Promise.resolve(void disk.delete(key)),
      send: () => Promise.reject(offline()),
      alone: (run) => run(),
    });
    void one.open();
    void one.add(tap('a'));
    // By now it is on the disk, and the reading that began before still runs.
    await new Promise((done) => { setTimeout(done, 0); });
    answer();
    await new Promise((done) => { setTimeout(done, 0); });
    expect([disk.size, server.told, one.get().taps.map(({ key }) => key)]).toEqual([1, [], ['a']]);
  });

  it('survive the page', async () => {
    const { server, queue } = world();
    server.fault = offline();
    await queue().add(tap('a'));
    server.fault = null;
    const next = queue();
    await next.open();
    expect([server.told, next.get().taps]).toEqual([['a'], []]);
  });

  it('whose answer was lost are sent again under the same name, and told once', async () => {
    const { server, queue } = world();
    const one = queue();
    server.loseAnswer = true;
    await one.add(tap('a'));
    expect(one.waiting()).toHaveLength(1);
    server.loseAnswer = false;
    await one.flush();
    expect([server.told, server.tries]).toEqual([['a'], 2]);
  });

  it('that are refused stay to be read, and hold back no other', async () => {
    const { disk, server, queue } = world();
    const one = queue();
    server.fault = refusal();
    await one.add(tap('a'));
    server.fault = null;
    await one.add(tap('b'));
    expect(server.told).toEqual(['b']);
    expect(one.get().taps).toMatchObject([{ key: 'a', refused: 'Le temps mort n’est pas fait.' }]);
    expect(disk.get('a')?.refused).toBeTruthy();
    await one.forget('a');
    expect([one.get().taps, disk.size]).toEqual([[], 0]);
  });

  it('keep their order while the server is away: a later one never overtakes', async () => {
    const { server, queue } = world();
    const one = queue();
    server.fault = new Failure('server', 503, '', null);
    await Promise.all([one.add(tap('a')), one.add(tap('b'))]);
    server.fault = null;
    await one.add(tap('c'));
    expect(server.told).toEqual(['a', 'b', 'c']);
  });
});
