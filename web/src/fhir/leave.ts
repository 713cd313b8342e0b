// What must be asked, or finished, before a person signs out: a text that is still on its way to the server.
type Guard = () => Promise<boolean>;

const guards = new Set<Guard>();

export function beforeLeaving(guard: Guard): () => void {
  guards.add(guard);
  return () => guards.delete(guard);
}

/** Whether every part of the page lets the person go. */
export async function mayLeave(): Promise<boolean> {
  for (const guard of guards) if (!(await guard())) return false;
  return true;
}
