// A strict OpenID Connect client (oauth4webapi checks every claim, header and signature), and a backend service
// with private_key_jwt.
import * as oauth from 'oauth4webapi'
import { allow, check, person, register, url } from './person.mjs'

const local = { [oauth.allowInsecureRequests]: true }
const back = 'http://127.0.0.1:8000/app'
const issuer = new URL(url)
const found = await oauth.discoveryRequest(issuer, local)
const server = await oauth.processDiscoveryResponse(issuer, found)

async function signIn(alg, who) {
  const made = await register({
    name: `oauth4webapi ${alg}`,
    auth: 'client_secret_basic',
    redirect_uris: [back],
    grant_types: ['authorization_code', 'refresh_token'],
    scopes: ['openid', 'fhirUser', 'profile', 'launch/patient', 'offline_access', 'patient/*.rs'],
    id_token_alg: alg,
  })
  const client = { client_id: made.id, id_token_signed_response_alg: alg }
  const proof = oauth.ClientSecretBasic(made.secret)
  const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), oauth.generateRandomNonce()]
  const address = new URL(server.authorization_endpoint)
  address.search = new URLSearchParams({
    response_type: 'code', client_id: made.id, redirect_uri: back, state, nonce, aud: `${url}/fhir`,
    scope: 'openid fhirUser profile launch/patient offline_access patient/*.rs',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256',
  })
  const came = new URL(await allow(who, address))
  const params = oauth.validateAuthResponse(server, client, came, state)
  const sold = await oauth.authorizationCodeGrantRequest(server, client, proof, params, back, verifier, local)
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, sold, { expectedNonce: nonce, requireIdToken: true })
  await oauth.validateApplicationLevelSignature(server, sold, local)
  const claims = oauth.getValidatedIdTokenClaims(tokens)
  check(tokens.patient === who.patient, 'the patient')
  check(claims.fhirUser.includes('/fhir/Practitioner/'), 'fhirUser')
  const told = await oauth.userInfoRequest(server, client, tokens.access_token, local)
  await oauth.processUserInfoResponse(server, client, claims.sub, told)
  const seen = await oauth.introspectionRequest(server, client, proof, tokens.access_token, local)
  check((await oauth.processIntrospectionResponse(server, client, seen)).active === true, 'active')
  const again = await oauth.refreshTokenGrantRequest(server, client, proof, tokens.refresh_token, local)
  const renewed = await oauth.processRefreshTokenResponse(server, client, again)
  const ended = await oauth.revocationRequest(server, client, proof, renewed.refresh_token, local)
  await oauth.processRevocationResponse(ended)
  const gone = await oauth.introspectionRequest(server, client, proof, renewed.access_token, local)
  check((await oauth.processIntrospectionResponse(server, client, gone)).active === false, 'ended')
}

async function backend() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify'])
  const jwk = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), kid: 'k1', alg: 'ES384', use: 'sig' }
  const made = await register({
    name: 'backend', auth: 'private_key_jwt', grant_types: ['client_credentials'], scopes: ['system/Patient.rs'],
    jwks: { keys: [jwk] },
  })
  const client = { client_id: made.id }
  const proof = oauth.PrivateKeyJwt({ key: pair.privateKey, kid: 'k1' })
  const asked = await oauth.clientCredentialsGrantRequest(server, client, proof, { scope: 'system/Patient.rs' }, local)
  const tokens = await oauth.processClientCredentialsResponse(server, client, asked)
  check(tokens.expires_in <= 300, 'a short token')
  const headers = { authorization: `Bearer ${tokens.access_token}` }
  const read = await fetch(`${url}/fhir/Patient?_count=1`, { headers })
  check(read.status === 200 && (await read.json()).entry.length === 1, `patients: ${read.status}`)
  check((await fetch(`${url}/fhir/Condition?_count=1`, { headers })).status === 403, 'no more than the scope')
}

const who = await person()
await signIn('RS256', who)
await signIn('ES256', who)
await backend()
console.log('smart: oauth4webapi: discovery, code, ID token (RS256, ES256), userinfo, introspection, refresh, revocation, backend service')
