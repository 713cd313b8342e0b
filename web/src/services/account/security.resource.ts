// How a person proves who they are, and where they are signed in (/api/v1/account).
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { resumeSession } from '../../fhir/account';
import { Failure, getJson, sendJson } from '../../fhir/http';
import { createPasskey, type OptionsJson } from '../../fhir/webauthn';
import { deviceName } from './device.resource';

export interface Passkey { id: string; name: string; created: string | null; used: string | null }

export interface SessionRow {
  id: string;
  device: string;
  address: string;
  created: string | null;
  used: string | null;
  current: boolean;
}

/** An application that the person let in, and what it may do. */
export interface Application { client: string; name: string; scopes: string[]; at: string | null }

export interface Security {
  passwordSet: boolean;
  passwordChanged: string | null;
  totp: boolean;
  passkeys: Passkey[];
  recoveryLeft: number;
  sessions: SessionRow[];
}

interface Answer {
  password_set?: boolean;
  changed?: string | null;
  totp?: boolean;
  passkeys?: Partial<Passkey>[];
  recovery_left?: number;
  sessions?: (Partial<SessionRow> & { client?: string | null })[];
}

export function securityView(answer: Answer): Security {
  // What applications hold is listed with the applications.
  const rows = (answer.sessions ?? []).filter((row) => !row.client).map(
    (row): SessionRow => ({ id: row.id ?? '', device: deviceName(row.device ?? ''), address: row.address ?? '', created: row.created ?? null, used: row.used ?? null, current: row.current ?? false }),
  );
  const newest = (a: SessionRow, b: SessionRow) => Number(b.current) - Number(a.current) || (b.used ?? b.created ?? '').localeCompare(a.used ?? a.created ?? '');
  return {
    passwordSet: answer.password_set ?? false,
    passwordChanged: answer.changed ?? null,
    totp: answer.totp ?? false,
    passkeys: (answer.passkeys ?? []).map((key) => ({ id: key.id ?? '', name: key.name ?? '', created: key.created ?? null, used: key.used ?? null })),
    recoveryLeft: answer.recovery_left ?? 0,
    sessions: rows.sort(newest),
  };
}

const KEY = ['account'];

export const useSecurity = () => useQuery({ queryKey: [...KEY, 'security'], queryFn: async ({ signal }) => securityView(await getJson<Answer>('/api/v1/account/security', signal)), staleTime: 10_000 });

export const useApplications = () =>
  useQuery({
    queryKey: [...KEY, 'apps'],
    queryFn: async ({ signal }) => {
      const { apps } = await getJson<{ apps?: Partial<Application>[] }>('/api/v1/account/apps', signal);
      return (apps ?? []).map(({ client = '', name, scopes = [], at = null }): Application => ({ client, name: name || client, scopes, at }));
    },
  });

/** An act on one's own account; what is shown of it, and of oneself, is read anew. */
export function useAct<Input, Output>(act: (input: Input) => Promise<Output>, then?: (output: Output) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (output) => {
      then?.(output);
      await queries.invalidateQueries({ queryKey: KEY });
      await resumeSession();
    },
  });
}

async function sent<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  return (await sendJson<T>(method, `/api/v1/account/${path}`, body)) ?? ({} as T);
}

const one = (id: string) => encodeURIComponent(id);

export const changePassword = (change: { old?: string; new: string }) => sent<object>('POST', 'password', change);

export interface TotpSecret { secret: string; otpauth: string }
export const beginTotp = () => sent<Partial<TotpSecret>>('POST', 'totp/begin', {}).then(({ secret = '', otpauth = '' }) => ({ secret, otpauth }));
/** The recovery codes, when these are the first. */
export const finishTotp = (code: string) => sent<{ recovery?: string[] }>('POST', 'totp/finish', { code }).then(({ recovery }) => recovery ?? []);
export const removeTotp = () => sent<object>('DELETE', 'totp');

export async function addPasskey(name: string): Promise<string[]> {
  const { ticket, options } = await sent<{ ticket?: string; options?: OptionsJson }>('POST', 'passkeys/begin', {});
  if (!ticket || !options) throw new Failure('server', 200, '', null);
  const credential = await createPasskey(options);
  const { recovery } = await sent<{ recovery?: string[] }>('POST', 'passkeys/finish', { ticket, name, credential });
  return recovery ?? [];
}
export const removePasskey = (id: string) => sent<object>('DELETE', `passkeys/${one(id)}`);

export const makeRecoveryCodes = () => sent<{ codes?: string[] }>('POST', 'recovery-codes', {}).then(({ codes }) => codes ?? []);

export const endSession = (id: string) => sent<object>('DELETE', `sessions/${one(id)}`);
export const endOtherSessions = () => sent<object>('DELETE', 'sessions');

export const endApplication = (client: string) => sent<object>('DELETE', `apps/${one(client)}`);

export const setPin = (pin: string) => sent<object>('PUT', 'pin', { pin });
