import { describe, expect, it } from 'vitest';
import { Failure } from '../../fhir/http';
import { Keeper, disputed, merged, type Ports } from './keeper';
import type { Content, Note } from './note.resource';

const NOTE: Note = {
  id: 'n1', version: 1, patient: 'p1', kind: 'soap', status: 'draft', title: 'SOAP', author: {}, date: '2026-11-22', savedAt: '2026-11-22T14:05:00Z', editable: true,
  sections: [{ code: 'subjective', title: 'Subjectif', text: '', entries: [] }, { code: 'plan', title: 'Conduite à tenir', text: '', entries: [] }],
};

const write = (text: string, at = 0) => (content: Content): Content => ({ ...content, sections: content.sections.map((s, i) => (i === at ? { ...s, text } : s)) });
const textOf = (content: Content) => content.sections[0]?.text;

/** A server, a browser and a clock that the test holds. */
function world() {
  const server = { note: NOTE, fault: null as unknown, loseAnswer: false, told: [] as (string | undefined)[] };
  const copies: string[] = [];
  const kept = { now: null as Content | null };
  const timers: { run: () => void; ms: number }[] = [];
  const ports: Ports = {
    send: async (_, version, content) => {
      copies.push(`sent with copy: ${kept.now ? textOf(kept.now) : 'none'}`);
      if (server.fault) throw server.fault;
      if (version !== server.note.version) throw new Failure('refused', 412, '', null, 'note.changed', [], null, { current: server.note });
      server.note = { ...server.note, ...content, version: version + 1 };
      server.told.push(textOf(content));
      if (server.loseAnswer) throw new Failure('unreachable', 0, '', null);
      return server.note;
    },
    keep: async (_, content) => void (kept.now = content),
    drop: async () => void (kept.now = null),
    later: (run, ms) => {
      const timer = { run, ms };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  };
  const tick = () => timers.splice(0).forEach(({ run }) => run());
  return { server, copies, kept, timers, tick, keeper: new Keeper(NOTE, ports) };
}

describe('a text that is being written', () => {
  it('is copied before it is sent, and the copy is gone with the acknowledgement', async () => {
    const { keeper, copies, kept, server } = world();
    keeper.edit(write('Douleur du genou'));
    expect(await keeper.flush()).toBe(true);
    expect(copies).toEqual(['sent with copy: Douleur du genou']);
    await Promise.resolve();
    await keeper.send();
    expect(kept.now).toBeNull();
    expect(textOf(server.note)).toBe('Douleur du genou');
    expect(keeper.get().keeping).toBe('saved');
  });

  it('is copied a moment after a key, without waiting for the server', async () => {
    const { keeper, kept, tick, timers } = world();
    keeper.edit(write('a'));
    keeper.edit(write('ab'));
    expect(timers.map(({ ms }) => ms)).toEqual([150, 2000]);
    timers.find(({ ms }) => ms === 150)?.run();
    await Promise.resolve();
    expect(kept.now && textOf(kept.now)).toBe('ab');
    tick();
  });

  it('stays, and is sent again, while the server is away', async () => {
    const { keeper, server, kept, tick } = world();
    server.fault = new Failure('unreachable', 0, '', null);
    keeper.edit(write('sans réseau'));
    expect(await keeper.flush()).toBe(false);
    expect(keeper.get().keeping).toBe('waiting');
    expect(kept.now && textOf(kept.now)).toBe('sans réseau');
    server.fault = null;
    tick();
    expect(await keeper.flush()).toBe(true);
    expect(textOf(server.note)).toBe('sans réseau');
  });

  it('knows its own words again when only the answer was lost', async () => {
    const { keeper, server } = world();
    server.loseAnswer = true;
    keeper.edit(write('première'));
    await keeper.flush();
    server.loseAnswer = false;
    keeper.edit(write('première et suite'));
    // The server stands at what was sent first: no conflict with oneself.
    await keeper.flush();
    expect(textOf(server.note)).toBe('première et suite');
  });

  it('and another text of somebody else are both kept until the person chooses', async () => {
    const { keeper, server, kept } = world();
    server.note = { ...NOTE, ...write('la leur')(NOTE), version: 2 };
    keeper.edit(write('la mienne'));
    expect(await keeper.flush()).toBe(false);
    const view = keeper.get();
    expect([view.keeping, textOf(view.content), view.theirs && textOf(view.theirs)]).toEqual(['conflict', 'la mienne', 'la leur']);
    expect(kept.now && textOf(kept.now)).toBe('la mienne');
    keeper.edit(write('la mienne, et suite'));
    expect(textOf(server.note)).toBe('la leur');
    expect(await keeper.settle(write('les deux')(NOTE))).toBe(true);
    // Their text is version 2, mine 3, and what was chosen 4.
    expect([textOf(server.note), server.note.version, server.told]).toEqual(['les deux', 4, ['la mienne, et suite', 'les deux']]);
  });
});

describe('two texts', () => {
  const base = { title: '', sections: [{ code: 'a', title: 'A', text: 'un', entries: [] }, { code: 'b', title: 'B', text: 'deux', entries: ['Observation/1'] }] };
  const mine = write('un, moi', 0)(base);
  const theirs = write('deux, eux', 1)(base);
  it('part only where they differ, and a change of one side alone is proposed', () => {
    expect(disputed(base, mine, theirs).map(({ code, proposed }) => [code, proposed])).toEqual([['a', 'un, moi'], ['b', 'deux, eux']]);
    expect(disputed(base, mine, write('un, eux', 0)(base))[0]?.proposed).toBeNull();
  });
  it('keep the entries of both', () => {
    const other = { ...theirs, sections: theirs.sections.map((s) => ({ ...s, entries: [...s.entries, 'Condition/2'] })) };
    expect(merged(mine, other, {}).sections.map((s) => s.entries)).toEqual([['Condition/2'], ['Observation/1', 'Condition/2']]);
  });
});
