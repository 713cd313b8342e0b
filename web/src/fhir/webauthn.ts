// WebAuthn speaks in bytes, JSON in base64url: the two ways between them, for browsers that have no parseXFromJSON yet.

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));

export const fromBase64url = bytes;

export function toBase64url(buffer: ArrayBuffer): string {
  const text = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

type Json = Record<string, unknown>;
interface DescriptorJson { id: string; type: 'public-key'; transports?: AuthenticatorTransport[] }

/** Options as the server writes them, with or without the `publicKey` around them. */
export type OptionsJson = Json & { publicKey?: Json };

const inner = (options: OptionsJson): Json => options.publicKey ?? options;
const descriptors = (list: unknown): PublicKeyCredentialDescriptor[] => ((list ?? []) as DescriptorJson[]).map((one) => ({ ...one, id: bytes(one.id) }));

export const passkeysHere = (): boolean => typeof window.PublicKeyCredential === 'function';

/** Whether the browser proposes passkeys in the field of the user name. */
export async function passkeyAutofill(): Promise<boolean> {
  try {
    return passkeysHere() && ((await window.PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);
  } catch {
    return false;
  }
}

/** Makes a key for this person; the promise fails when the person gives up. */
export async function createPasskey(options: OptionsJson): Promise<Json> {
  const { challenge, user, excludeCredentials, ...rest } = inner(options) as Json & { challenge: string; user: Json & { id: string } };
  const publicKey = { ...rest, challenge: bytes(challenge), user: { ...user, id: bytes(user.id) }, excludeCredentials: descriptors(excludeCredentials) };
  const made = (await navigator.credentials.create({ publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions })) as PublicKeyCredential | null;
  if (!made) throw new DOMException('', 'NotAllowedError');
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    id: made.id,
    rawId: toBase64url(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: toBase64url(response.clientDataJSON),
      attestationObject: toBase64url(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
    clientExtensionResults: made.getClientExtensionResults(),
  };
}

/** Signs the server's challenge with a key that the person chooses. `quiet` waits in the field of the user name. */
export async function signWithPasskey(options: OptionsJson, quiet?: AbortSignal): Promise<Json> {
  const { challenge, allowCredentials, ...rest } = inner(options) as Json & { challenge: string };
  const publicKey = { ...rest, challenge: bytes(challenge), allowCredentials: descriptors(allowCredentials) } as PublicKeyCredentialRequestOptions;
  const chosen = (await navigator.credentials.get(quiet ? { publicKey, mediation: 'conditional', signal: quiet } : { publicKey })) as PublicKeyCredential | null;
  if (!chosen) throw new DOMException('', 'NotAllowedError');
  const response = chosen.response as AuthenticatorAssertionResponse;
  return {
    id: chosen.id,
    rawId: toBase64url(chosen.rawId),
    type: chosen.type,
    response: {
      clientDataJSON: toBase64url(response.clientDataJSON),
      authenticatorData: toBase64url(response.authenticatorData),
      signature: toBase64url(response.signature),
      userHandle: response.userHandle ? toBase64url(response.userHandle) : null,
    },
    clientExtensionResults: chosen.getClientExtensionResults(),
  };
}

/** The person closed the browser's question, or nothing on this station answers it. */
export const gaveUp = (error: unknown): boolean => error instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(error.name);
