import { CloseButton, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getJson } from '../../fhir/http';
import { API } from '../../fhir/verbs';
import type { Need } from './request.resource';

interface Resources {
  equipment?: { ref: string; name: string; kind: 'equipment' | 'tray'; count: number }[];
  beds?: { ref: string; name: string; kind: 'recovery' | 'intensive-care' }[];
}

/** What the house can lend to a case. */
function useLoans() {
  return useQuery({
    queryKey: ['surgery-resources'],
    staleTime: 600_000,
    queryFn: async ({ signal }): Promise<Need[]> => {
      const { equipment = [], beds = [] } = await getJson<Resources>(`${API}theatre/resources`, signal);
      return [...equipment, ...beds].map(({ kind, ref, name }) => ({ kind, ref, text: name }));
    },
  });
}

/** Chosen from a list, taken back by a button. */
export function NeedsField({ needs, change }: { needs: Need[]; change: (needs: Need[]) => void }) {
  const { t } = useTranslation();
  const loans = useLoans();
  const nameOf = ({ kind, text }: Need) => t('surgery.needLine', { kind: t(`surgery.needKinds.${kind}`), what: text });
  const left = (loans.data ?? []).filter((one) => !needs.some((need) => need.ref === one.ref));
  return (
    <div className="mh-needs">
      <NativeSelect
        label={t('surgery.needs')}
        value=""
        data={[{ value: '', label: t('surgery.needAdd') }, ...left.map((one) => ({ value: one.ref ?? '', label: nameOf(one) }))]}
        onChange={(event) => {
          const chosen = left.find(({ ref }) => ref === event.currentTarget.value);
          if (chosen) change([...needs, chosen]);
        }}
      />
      {needs.length > 0 && (
        <ul className="mh-tags">
          {needs.map((need) => (
            <li key={`${need.kind}${need.ref ?? need.text}`} className="mh-tag">
              {nameOf(need)}
              <CloseButton size="xs" aria-label={t('surgery.needDrop', { what: need.text })} onClick={() => change(needs.filter((one) => one !== need))} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
