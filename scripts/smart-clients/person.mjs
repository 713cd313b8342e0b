// The person, played over the verbs of the web app, and the administrator who registers apps.
const URL_ = process.env.MEDHUB_URL

export const url = URL_

export function check(holds, what) {
  if (!holds) throw new Error(what)
}

export async function register(told) {
  const headers = { authorization: `Bearer ${process.env.MEDHUB_TOKEN}`, 'content-type': 'application/json' }
  const made = await fetch(`${URL_}/api/v1/oauth/clients`, { method: 'POST', headers, body: JSON.stringify(told) })
  const body = await made.json()
  check(made.status === 201, JSON.stringify(body))
  return body
}

// Somebody of the sample clinic who is signed in, and a patient of theirs.
export async function person() {
  const headers = { 'x-medhub': '1', 'content-type': 'application/json' }
  const { accounts } = await (await fetch(`${URL_}/api/v1/demo/accounts`)).json()
  const user = accounts.find((a) => a.roles.some((r) => ['surgeon', 'clinician'].includes(r))).user
  const login = await fetch(`${URL_}/api/v1/demo/login`, { method: 'POST', headers, body: JSON.stringify({ user }) })
  check(login.status === 200, await login.clone().text())
  headers.cookie = login.headers.get('set-cookie').split(';')[0]
  const found = await (await fetch(`${URL_}/fhir/Encounter?_count=20&_sort=-date`, { headers })).json()
  for (const { resource } of found.entry ?? []) {
    const patient = resource.subject?.reference?.split('/').pop()
    if (patient && (await fetch(`${URL_}/fhir/Patient/${patient}`, { headers })).status === 200) return { headers, patient }
  }
  throw new Error('nobody to launch with')
}

// Follows the app's address to our page, and grants what it asks.
export async function allow({ headers, patient }, address) {
  const sent = await fetch(address, { redirect: 'manual' })
  check(sent.status === 303, `${sent.status} ${await sent.text()}`)
  const ticket = new URL(sent.headers.get('location'), URL_).searchParams.get('request')
  const path = `${URL_}/api/v1/oauth/requests/${ticket}`
  const asked = await (await fetch(path, { headers })).json()
  check(asked.needs === 'patient', JSON.stringify(asked))
  const done = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ allow: true, patient }) })
  const body = await done.json()
  check(done.status === 200, JSON.stringify(body))
  return body.redirect
}
