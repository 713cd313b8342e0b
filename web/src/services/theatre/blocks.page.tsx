import { Button, NativeSelect } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays, daysFrom, isoWeek, mondayOf } from '../../datatypes/Date/clinic';
import { formatDate } from '../../datatypes/Date/format';
import { today } from '../../datatypes/Date/today';
import { Loaded, Panel } from '../../design/Panel';
import { useLanguage } from '../../i18n';
import { BlockModal, type BlockDraft } from './block.modal';
import { sitesOf, useResources, useTheatreLive, type Resources } from './board.resource';
import { heldOn, useVacations, type Vacation } from './blocks.resource';
import { ClosuresPanel } from './closures.panel';
import { DayName } from './days.panel';
import { OneDayModal } from './one-day.modal';
import { TheatreTabs } from './tabs.panel';
import './theatre.css';
import './blocks.css';

/** Who has which room when, and what is closed: a week at a time, since even and odd weeks differ. */
export default function BlocksPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [monday, setMonday] = useState(mondayOf(today()));
  const [site, setSite] = useState<string | null>(null);
  const [draft, setDraft] = useState<BlockDraft | null>(null);
  const [held, setHeld] = useState<{ vacation: Vacation; day: string } | null>(null);
  const resources = useResources();
  const sites = sitesOf(resources.data);
  const facility = site ?? sites[0]?.ref ?? '';
  const query = useVacations(facility);
  useTheatreLive();
  const days = daysFrom(monday, addDays(monday, 6));
  return (
    <div className="mh-page mh-theatre">
      <div className="mh-page-head">
        <h1 className="mh-title">{t('nav.theatre')}</h1>
        <TheatreTabs />
        <span className="mh-grow" />
        {sites.length > 1 && <NativeSelect size="xs" aria-label={t('theatre.site')} value={facility} onChange={(event) => setSite(event.currentTarget.value)} data={sites.map(({ ref, name }) => ({ value: ref, label: name }))} />}
      </div>
      <div className="mh-plan-steps">
        <button type="button" className="mh-step" aria-label={t('theatre.previous.week')} onClick={() => setMonday(addDays(monday, -7))}><IconChevronLeft size={18} aria-hidden="true" /></button>
        <button type="button" className="mh-step mh-step-today" onClick={() => setMonday(mondayOf(today()))}>{t('theatre.today')}</button>
        <button type="button" className="mh-step" aria-label={t('theatre.next.week')} onClick={() => setMonday(addDays(monday, 7))}><IconChevronRight size={18} aria-hidden="true" /></button>
        <strong className="mh-plan-when">{t('theatre.weekOf', { week: isoWeek(monday), date: formatDate(monday, language) ?? '' })}, {t(`theatre.weeks.${isoWeek(monday) % 2 === 1 ? 'odd' : 'even'}`)}</strong>
        <span className="mh-grow" />
        <Button size="xs" leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setDraft({ weekday: 1 })}>{t('theatre.newBlock')}</Button>
      </div>
      <Loaded query={query}>
        {(vacations) => (
          <Panel title={t('theatre.vacations')} count={vacations.length} flush>
            <Grid vacations={vacations} rooms={(resources.data?.rooms ?? []).filter((room) => !facility || room.facility === facility)} days={days} create={setDraft} open={(vacation, day) => setHeld({ vacation, day })} />
          </Panel>
        )}
      </Loaded>
      <ClosuresPanel resources={resources.data} from={monday} to={addDays(monday, 34)} />
      {draft && resources.data && <BlockModal draft={draft} resources={resources.data} close={() => setDraft(null)} />}
      {held && resources.data && <OneDayModal vacation={held.vacation} day={held.day} resources={resources.data} edit={() => { setDraft({ vacation: held.vacation }); setHeld(null); }} close={() => setHeld(null)} />}
    </div>
  );
}

interface GridProps { vacations: Vacation[]; rooms: Resources['rooms']; days: string[]; create: (draft: BlockDraft) => void; open: (vacation: Vacation, day: string) => void }

function Grid({ vacations, rooms, days, create, open }: GridProps) {
  const { t } = useTranslation();
  return (
    <div className="mh-scroll">
      <table className="mh-week mh-blocks">
        <thead>
          <tr>
            <th scope="col">{t('theatre.room')}</th>
            {days.map((day) => <th key={day} scope="col"><DayName day={day} /></th>)}
          </tr>
        </thead>
        <tbody>
          {rooms.map((room) => (
            <tr key={room.ref}>
              <th scope="row">{room.name}</th>
              {days.map((day, index) => (
                <td key={day}>
                  {vacations.filter((one) => one.room === room.ref && heldOn(one, day)).sort((a, b) => a.from.localeCompare(b.from)).map((one) => (
                    <button key={one.id} type="button" className="mh-block" onClick={() => open(one, day)}>
                      <strong>{one.from} – {one.until}</strong>
                      <span>{one.ownerName}</span>
                      {one.weeks !== 'all' && <span className="mh-quiet">{t(`theatre.weeks.${one.weeks}`)}</span>}
                    </button>
                  ))}
                  <button type="button" className="mh-block-new" aria-label={`${t('theatre.newBlock')}, ${room.name}, ${day}`} onClick={() => create({ room: room.ref, weekday: index + 1 })}><IconPlus size={14} aria-hidden="true" /></button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
