import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../../fhir/live';
import { useSession } from '../../fhir/session';
import { useTheatreLive } from './board.resource';
import { WallBoard } from './wall-board.panel';

/** The board of the corridor under somebody's session: large, live, without names and without anything to press but the way out. */
export default function WallPage() {
  const session = useSession();
  const { t } = useTranslation();
  const live = useLiveState();
  useTheatreLive();
  const site = new URLSearchParams(window.location.search).get('site') ?? '';
  const way = <Link to="/theatre" aria-label={t('theatre.leaveWall')}><IconArrowLeft size={28} aria-hidden="true" /></Link>;
  // Under a session that ended the way to sign in again has to be seen.
  return session.state === 'in' ? createPortal(<WallBoard site={site} token={null} lost={live === 'lost'} way={way} />, document.body) : null;
}
