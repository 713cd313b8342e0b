import { Suspense, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { lazily } from '../design/lazily';
import { Skeletons } from '../design/Panel';
import { powersOf, useMe, type Me, type Power } from '../fhir/session';
import type { HomeSlot } from '../slots';
import { rooms } from './rooms';

const USUAL = 50;
const blocks = rooms
  .flatMap((room) => room.home.map((slot) => ({ ...slot, Block: lazily(slot.load) })))
  .sort((a, b) => (a.order ?? USUAL) - (b.order ?? USUAL));

const isFor = (me: Me, slot: HomeSlot): boolean => [slot.power].flat().some((power) => powersOf(me).has(power as Power)) && (!slot.roles || slot.roles.some((role) => me.roles.includes(role)));

/** The home page of the role: what each room offers to it. */
export function HomePage() {
  const { t } = useTranslation();
  const me = useMe();
  const mine = blocks.filter((slot) => isFor(me, slot));
  const at = (place: HomeSlot['place']) => mine.filter((slot) => slot.place === place);
  const [main, side] = [at('main'), at('side')];
  return (
    <div className="mh-page mh-home">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('home.hello', { name: me.name })}</h1>
      </div>
      <Column blocks={at('top')} />
      {(main.length > 0 || side.length > 0) && (
        <div className={main.length > 0 && side.length > 0 ? 'mh-grid-home' : undefined}>
          <Column blocks={main} />
          <Column blocks={side} />
        </div>
      )}
      <Column blocks={at(undefined)} />
    </div>
  );
}

/** Each block comes by itself: a slow one holds back no other. */
function Column({ blocks: list }: { blocks: { Block: ComponentType; order?: number }[] }) {
  if (list.length === 0) return null;
  return (
    <div className="mh-column">
      {list.map(({ Block }, index) => (
        <Suspense key={index} fallback={<Skeletons />}>
          <Block />
        </Suspense>
      ))}
    </div>
  );
}
