// What an application asks of the person who is signed in (/api/v1/oauth/requests), and the answer.
import { useMutation, useQuery } from '@tanstack/react-query';
import { Failure, getJson, postJson } from '../../fhir/http';

export interface AskedScope {
  scope: string;
  sentence: string;
  required: boolean;
}

export interface AppRequest {
  name: string;
  url: string | null;
  scopes: AskedScope[];
  needs: 'patient' | 'encounter' | null;
  /** A chart that the launch already chose. */
  patient: string | null;
  host: string;
  /** The person said yes before, to the same. */
  remembered: boolean;
}

interface ScopeAnswer { scope?: string; fr?: string; en?: string; de?: string; required?: boolean }

interface Answer {
  client?: { id?: string; name?: string; url?: string | null };
  scopes?: ScopeAnswer[];
  needs?: string | null;
  patient?: string | null;
  redirect_host?: string;
  remembered?: boolean;
}

type Language = 'fr' | 'en' | 'de';

export function requestView(answer: Answer, language: Language): AppRequest {
  const needs = answer.needs === 'patient' || answer.needs === 'encounter' ? answer.needs : null;
  return {
    name: answer.client?.name || answer.client?.id || '',
    url: answer.client?.url ?? null,
    scopes: (answer.scopes ?? []).flatMap((one) => (one.scope ? [{ scope: one.scope, sentence: one[language] || one.fr || one.scope, required: one.required ?? false }] : [])),
    needs,
    patient: answer.patient?.replace(/^Patient\//, '') ?? null,
    host: answer.redirect_host ?? '',
    remembered: answer.remembered ?? false,
  };
}

const path = (ticket: string) => `/api/v1/oauth/requests/${encodeURIComponent(ticket)}`;

export function useAppRequest(ticket: string, language: Language) {
  return useQuery({ queryKey: ['oauth-request', ticket, language], queryFn: async ({ signal }) => requestView(await getJson<Answer>(path(ticket), signal), language), staleTime: Infinity, retry: false });
}

/** An address to go to next. A script is no address, whoever sent it. */
export function safeRedirect(redirect: string | undefined): string {
  if (!redirect || /^\s*(javascript|data|vbscript|blob|file):/i.test(redirect)) throw new Failure('server', 200, '', null);
  return redirect;
}

export interface Decision { allow: boolean; patient?: string; encounter?: string; scopes: string[] }

export function useDecision(ticket: string) {
  return useMutation({
    mutationFn: async (decision: Decision) => safeRedirect((await postJson<{ redirect?: string }>(path(ticket), decision))?.redirect),
    onSuccess: (redirect) => window.location.assign(redirect),
  });
}

export function useEndSession(ticket: string) {
  return useMutation({
    mutationFn: async () => safeRedirect((await postJson<{ redirect?: string }>(`/api/v1/oauth/logout/${encodeURIComponent(ticket)}`, {}))?.redirect),
    onSuccess: (redirect) => window.location.assign(redirect),
  });
}
