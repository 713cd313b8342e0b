// Commands that several parts of the shell give: the palette, the help panel and the guard listen.
type Command = 'palette' | 'help' | 'lock';

const target = new EventTarget();

export const openPalette = (): void => void target.dispatchEvent(new Event('palette'));
export const lock = (): void => void target.dispatchEvent(new Event('lock'));
export const openHelp = (): void => void target.dispatchEvent(new Event('help'));

export function onCommand(command: Command, run: () => void): () => void {
  target.addEventListener(command, run);
  return () => target.removeEventListener(command, run);
}
