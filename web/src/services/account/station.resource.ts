import { Failure, sendJson } from '../../fhir/http';
import type { KeptStation } from '../../fhir/station';

/** Makes this browser a known station; the secret that it gets is told once. */
export async function registerStation(name: string): Promise<KeptStation> {
  const made = await sendJson<{ id?: string; token?: string }>('POST', '/api/v1/stations', { name });
  if (!made?.id || !made.token) throw new Failure('server', 200, '', null);
  return { id: made.id, name, token: made.token };
}

/** A station that the server no longer knows is forgotten here all the same. */
export async function forgetStation(id: string): Promise<void> {
  try {
    await sendJson('DELETE', `/api/v1/stations/${encodeURIComponent(id)}`);
  } catch (error) {
    if (!(error instanceof Failure && error.kind === 'missing')) throw error;
  }
}
