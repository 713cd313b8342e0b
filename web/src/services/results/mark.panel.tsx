import { IconAlertOctagon, IconAlertTriangle, IconArrowDown, IconArrowUp, IconCheck, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../datatypes/Date/format';
import { useMe } from '../../fhir/session';
import { useLanguage } from '../../i18n';
import { isCovered, localValue, type Item, type Value, type ValueFlag } from './result.resource';

export const flagLook = (flag: ValueFlag): string => (flag === 'critical' ? 'mh-stop' : flag === 'normal' ? '' : 'mh-warn');

/** Colour, icon and word together. */
export function FlagMark({ flag }: { flag: ValueFlag }) {
  const { t } = useTranslation();
  if (flag === 'normal') return <span className="mh-quiet">{t('results.flag.normal')}</span>;
  const Mark = { critical: IconAlertOctagon, high: IconArrowUp, low: IconArrowDown, abnormal: IconAlertTriangle }[flag];
  return <span className={`mh-result-flag ${flagLook(flag)}`}><Mark size={14} stroke={2.2} aria-hidden="true" />{t(`results.flag.${flag}`)}</span>;
}

export function FlagTag({ flags }: { flags: Item['flags'] }) {
  const { t } = useTranslation();
  const Mark = { critical: IconAlertOctagon, abnormal: IconAlertTriangle, normal: IconCheck, IconUsersGroup }[flags];
  const look = { critical: 'mh-tag mh-tag-stop', abnormal: 'mh-tag mh-tag-warn', normal: 'mh-tag' }[flags];
  return <span className={look}><Mark size={13} stroke={2.2} aria-hidden="true" />{t(`results.flags.${flags}`)}</span>;
}

/** « Potassium 6,8 mmol/L », with its arrow. */
export function ShortValue({ value }: { value: Value }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <span className="mh-nowrap">
      {value.name} <strong className={flagLook(value.flag)}>{localValue(value.value, language)}{value.unit ? `\u202f${value.unit}` : ''}</strong>
      <span className="mh-sr"> {t(`results.flag.${value.flag}`)}</span>
    </span>
  );
}

/** An hour, never « in 20 minutes » alone. */
export function DueText({ item }: { item: Item }) {
  const { t } = useTranslation();
  const at = formatDateTime(item.due, useLanguage());
  if (!at) return null;
  return item.overdue ? <span className="mh-inline mh-stop"><IconAlertOctagon size={14} aria-hidden="true" />{t('results.overdue', { at })}</span> : <span className={item.flags === 'critical' ? 'mh-stop' : 'mh-quiet'}>{t('results.due', { at })}</span>;
}

/** Why a result of somebody else stands here. */
export function CoverTag({ item }: { item: Item }) {
  const { t } = useTranslation();
  if (!isCovered(item, useMe().practitioner)) return null;
  return <span className="mh-tag mh-tag-warn"><IconUsersGroup size={13} stroke={2.2} aria-hidden="true" />{t(`results.cover.${item.reach === 'site' ? 'site' : 'team'}`)}</span>;
}

/** Who should have seen it, and what is expected of whoever reads this. */
export function CoverNotice({ item }: { item: Item }) {
  const { t } = useTranslation();
  if (!isCovered(item, useMe().practitioner)) return null;
  return <p className="mh-notice mh-notice-warn"><IconUsersGroup size={18} aria-hidden="true" /><span>{item.owner?.name ? t('results.cover.explain', { name: item.owner.name }) : t('results.cover.nobody')}</span></p>;
}
