import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface Recurrence { weekday: string; weeks: 'all' | 'odd' | 'even'; from: string; until: string }

const FIRST: Recurrence = { weekday: '1', weeks: 'all', from: '12:00', until: '14:00' };
const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;
const WEEKS = ['all', 'odd', 'even'] as const;

/** What is sent of it; nothing for a closure that comes once. */
export const recurringBody = (value: Recurrence | null): object => (value ? { weekday: Number(value.weekday), weeks: value.weeks, hours: { from: value.from, until: value.until } } : {});

/** Whether a closure comes again every week, on which day, in which weeks, at which hours. */
export function Recurring({ value, change }: { value: Recurrence | null; change: (value: Recurrence | null) => void }) {
  const { t } = useTranslation();
  const set = (name: keyof Recurrence) => (event: { currentTarget: { value: string } }) => value && change({ ...value, [name]: event.currentTarget.value } as Recurrence);
  return (
    <>
      <div className="mh-wide"><Checkbox label={t('theatre.everyWeek')} checked={value !== null} onChange={(event) => change(event.currentTarget.checked ? FIRST : null)} /></div>
      {value && (
        <>
          <NativeSelect label={t('theatre.dayOfWeek')} value={value.weekday} onChange={set('weekday')} data={DAYS.map((day) => ({ value: day, label: t(`theatre.weekday.${day}`) }))} />
          <NativeSelect label={t('theatre.whichWeeks')} value={value.weeks} onChange={set('weeks')} data={WEEKS.map((weeks) => ({ value: weeks, label: t(`theatre.weeks.${weeks}`) }))} />
          <TextInput type="time" label={t('theatre.fromHour')} value={value.from} onChange={set('from')} />
          <TextInput type="time" label={t('theatre.toHour')} value={value.until} onChange={set('until')} />
        </>
      )}
    </>
  );
}
