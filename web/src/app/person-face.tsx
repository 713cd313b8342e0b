import { IconChevronDown } from '@tabler/icons-react';
import { useMe } from '../fhir/session';
import { codeText } from '../i18n/code';

/** Who is signed in, and as what. */
export function PersonFace() {
  const me = useMe();
  return (
    <>
      <span>{me.name}</span>
      <small>{me.roles.map((role) => codeText('role', role)).join(', ')}</small>
      <IconChevronDown size={14} aria-hidden="true" />
    </>
  );
}
