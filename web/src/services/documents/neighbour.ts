/** The document before or after this one in a list, newest first; null at its ends. */
export function neighbourOf(rows: readonly { id: string }[], id: string, step: 1 | -1): string | null {
  const at = rows.findIndex((row) => row.id === id);
  return at < 0 ? null : (rows[at + step]?.id ?? null);
}
