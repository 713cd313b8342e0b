import { WallBoard } from './wall-board.panel';
import { wallToken } from './wall-token';

/** The board of the corridor on a screen of its own: nobody is signed in, nobody can press anything. */
export default function WallDoor() {
  return <WallBoard site="" token={wallToken()} lost={false} way={null} />;
}
