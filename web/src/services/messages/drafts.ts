// A message that is being written stands in this browser until the server has it: what a crash, a lost network or an ended
// session would otherwise take. It is gone when it was sent, and with the sign-out of its author.
import { Dexie, type Table } from 'dexie';
import { useEffect, useRef, useState } from 'react';
import { onSignedOut, ownerOf } from '../../fhir/owner';
import { useMe } from '../../fhir/session';

export interface Draft {
  text: string;
  urgent: boolean;
  mentions: string[];
  /** Sent again, it is the same message. */
  key: string;
}

interface Row extends Draft { id: string; owner: string }

class Drafts extends Dexie {
  drafts!: Table<Row, string>;
  constructor() {
    super('medhub.messages');
    this.version(1).stores({ drafts: 'id, owner' });
  }
}

let opened: Drafts | null = null;
const db = (): Drafts => (opened ??= new Drafts());
const empty = (): Draft => ({ text: '', urgent: false, mentions: [], key: crypto.randomUUID() });

/** Without room in the browser the text stands on the page alone. */
async function keep(id: string, owner: string, draft: Draft): Promise<void> {
  try {
    if (draft.text) await db().drafts.put({ ...draft, id, owner });
    else await db().drafts.delete(id);
  } catch {
    // The text is still on the page.
  }
}

/** The draft of one place to write; it comes back as it was left. */
export function useDraft(place: string) {
  const me = useMe();
  const owner = ownerOf(me);
  const id = `${owner}|${place}`;
  const [draft, setDraft] = useState(empty);
  const tried = useRef(false);
  const touched = useRef(false);
  useEffect(() => {
    let gone = false;
    touched.current = false;
    void db().drafts.get(id).then((kept) => {
      // What was typed while the browser looked is not written over.
      if (!gone && kept && !touched.current) setDraft({ text: kept.text, urgent: kept.urgent, mentions: kept.mentions, key: kept.key });
    }).catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [id]);
  const edit = (change: Partial<Draft>) => {
    touched.current = true;
    // What was perhaps sent already is another message once it is changed.
    const key = tried.current ? crypto.randomUUID() : draft.key;
    tried.current = false;
    const next = { ...draft, ...change, key };
    setDraft(next);
    void keep(id, owner, next);
  };
  const sending = () => {
    tried.current = true;
  };
  const sent = () => {
    tried.current = false;
    touched.current = true;
    setDraft(empty());
    void db().drafts.delete(id).catch(() => undefined);
  };
  return { draft, edit, sending, sent };
}

onSignedOut((owner) => void db().drafts.where('owner').equals(owner).delete().catch(() => undefined));
