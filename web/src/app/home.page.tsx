import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../design/Panel';
import { powersOf, useMe } from '../fhir/session';
import { rooms } from './rooms';

const blocks = rooms.flatMap((room) => room.home.map((slot) => ({ power: slot.power, Block: lazy(slot.load) })));

/** The home page of the role: what each room offers to it. */
export function HomePage() {
  const { t } = useTranslation();
  const me = useMe();
  const powers = powersOf(me);
  return (
    <div className="mh-page">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('home.hello', { name: me.name })}</h1>
      </div>
      <Suspense fallback={<Skeletons />}>
        {blocks.filter((block) => powers.has(block.power)).map(({ Block }, index) => (
          <Block key={index} />
        ))}
      </Suspense>
    </div>
  );
}
