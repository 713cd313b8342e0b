import { IconAlertOctagon, IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isRefused, type DeviceState } from './implant.resource';

/** Whether a device may be used: colour, icon and word. */
export function StateTag({ state }: { state: DeviceState }) {
  const { t } = useTranslation();
  const text = t(`peri.device.${state}`);
  if (isRefused(state)) return <span className="mh-tag mh-tag-stop"><IconAlertOctagon size={14} aria-hidden="true" />{text}</span>;
  if (state === 'ok') return <span className="mh-tag mh-tag-ok"><IconCheck size={14} aria-hidden="true" />{text}</span>;
  return <span className="mh-tag mh-tag-warn"><IconAlertTriangle size={14} aria-hidden="true" />{text}</span>;
}
