// Commands that several parts of the shell give: the palette and the help panel listen.
type Command = 'palette' | 'help';

const target = new EventTarget();

export const openPalette = (): void => void target.dispatchEvent(new Event('palette'));
export const openHelp = (): void => void target.dispatchEvent(new Event('help'));

export function onCommand(command: Command, run: () => void): () => void {
  target.addEventListener(command, run);
  return () => target.removeEventListener(command, run);
}
