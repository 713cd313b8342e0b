// Commands that several parts of the app give: the palette, the help panel, the guard and the sample clinic listen.
type Command = 'palette' | 'help' | 'lock' | 'tour' | 'roles';

const target = new EventTarget();
const give = (command: Command) => (): void => void target.dispatchEvent(new Event(command));

export const openPalette = give('palette');
export const lock = give('lock');
export const openHelp = give('help');
/** In the sample clinic: the six steps, and another person's place. */
export const openTour = give('tour');
export const openRoles = give('roles');

export function onCommand(command: Command, run: () => void): () => void {
  target.addEventListener(command, run);
  return () => target.removeEventListener(command, run);
}
