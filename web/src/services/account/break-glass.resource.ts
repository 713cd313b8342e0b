// Opening a chart in an emergency (/api/v1/break-glass): read only, for a while, told to the privacy officer.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { resumeSession } from '../../fhir/account';
import { sendJson } from '../../fhir/http';

export const SHORTEST_REASON = 10;
export const LONGEST_REASON = 500;

/** The chart opens with the session: once the person is read anew, what had been withheld is asked again. */
export function useBreakGlass() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ patient, reason }: { patient: string; reason: string }) => sendJson('POST', '/api/v1/break-glass', { patient, reason }),
    onSuccess: async () => {
      await resumeSession();
      await queries.resetQueries({ queryKey: ['fhir'] });
    },
  });
}
