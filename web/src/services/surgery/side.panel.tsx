import { IconArrowBigLeftLine, IconArrowBigRightLine, IconArrowsHorizontal } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Side } from '../../datatypes/CodeableConcept/laterality';

const SIDES: { side: Side; SideIcon: typeof IconArrowBigLeftLine }[] = [
  { side: 'left', SideIcon: IconArrowBigLeftLine },
  { side: 'both', SideIcon: IconArrowsHorizontal },
  { side: 'right', SideIcon: IconArrowBigRightLine },
];

interface SideButtonsProps { side: Side | null; change: (side: Side) => void; error?: string; allowed?: readonly Side[] }

/** Three large buttons: a side is never preselected. */
export function SideButtons({ side, change, error, allowed = ['right', 'left', 'both'] }: SideButtonsProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <fieldset className="mh-sides" aria-describedby={error ? id : undefined} data-missing={error ? true : undefined}>
      <legend>{t('surgery.side')}</legend>
      <div>
        {SIDES.filter((one) => allowed.includes(one.side)).map(({ side: value, SideIcon }) => (
          <button key={value} type="button" aria-pressed={side === value} onClick={() => change(value)}>
            <SideIcon size={22} aria-hidden="true" />
            {t(`side.${value}`)}
          </button>
        ))}
      </div>
      {error && <p className="mh-field-error" id={id} role="alert">{error}</p>}
    </fieldset>
  );
}
