import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../design/Panel';
import { isAdmin, useMe } from '../fhir/session';
import { rooms } from './rooms';

const blocks = rooms.flatMap((room) => room.home.map((slot) => ({ audience: slot.audience, Block: lazy(slot.load) })));

/** The home page of the role: what each room offers to it. */
export function HomePage() {
  const { t } = useTranslation();
  const me = useMe();
  const audience = isAdmin(me) ? 'admin' : 'clinical';
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('home.hello', { name: me.name })}</h1>
      </div>
      <Suspense fallback={<Skeletons />}>
        {blocks.filter((block) => block.audience === audience).map(({ Block }, index) => (
          <Block key={index} />
        ))}
      </Suspense>
    </div>
  );
}
