// A standalone launch by fhirclient of npm, as a server-side app.
import smart from 'fhirclient'
import { allow, check, person, register, url } from './person.mjs'

const back = 'http://127.0.0.1:8000/app'
const kept = new Map()
const storage = {
  get: async (key) => kept.get(key),
  set: async (key, value) => (kept.set(key, value), value),
  unset: async (key) => kept.delete(key),
}

function request(address) {
  const at = new URL(address)
  return { headers: { host: at.host }, socket: {}, url: at.pathname + at.search }
}

const app = await register({
  name: 'fhirclient (npm)',
  auth: 'client_secret_basic',
  redirect_uris: [back],
  grant_types: ['authorization_code', 'refresh_token'],
  scopes: ['openid', 'fhirUser', 'launch/patient', 'offline_access', 'patient/*.rs'],
})
const who = await person()
let sentTo = ''
const response = {
  headersSent: false,
  writeHead: (_, headers) => (sentTo = headers.location ?? headers.Location),
  end: () => {},
}
await smart(request(`${back}/launch`), response, storage).authorize({
  iss: `${url}/fhir`,
  clientId: app.id,
  clientSecret: app.secret,
  redirectUri: back,
  scope: 'openid fhirUser launch/patient offline_access patient/*.rs',
  pkceMode: 'required',
})
check(sentTo.includes('code_challenge_method=S256'), sentTo)
const came = await allow(who, sentTo)
const client = await smart(request(came), response, storage).ready()
check(client.patient.id === who.patient, `patient ${client.patient.id}`)
const patient = await client.patient.read()
check(patient.id === who.patient, 'the patient')
check(client.getFhirUser()?.includes('Practitioner/'), `fhirUser ${client.getFhirUser()}`)
const before = client.state.tokenResponse.access_token
await client.refresh()
check(client.state.tokenResponse.access_token !== before, 'a new token')
const found = await client.request(`Condition?patient=${who.patient}&_count=1`)
check(found.resourceType === 'Bundle', 'a search')
console.log('smart: fhirclient (npm): launched, read a patient, renewed its token')
