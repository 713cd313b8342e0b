"""The chart's verbs in the wrong hands: another's patients, another's drafts, what is signed, and signatures in another's
name."""

import base64
import json
import re

from .app import App
from .hub import Browser

DIGSIG = {'security': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', 'code': 'DIGSIG'}]}
OF_PATIENT = ['notes', 'records', 'medical_history', 'upcoming_appointments', 'orders', 'consent', 'consent-history', 'access-list', 'data-requests', 'find?q=dou']


def own_patient(browser):
    """A patient whom the browser's professional treats, and may write about."""
    who = browser.ask('GET', '/api/v1/me').json()['practitioner']
    for query in (f'Encounter?participant={who}&_count=40', f'Appointment?practitioner={who}&_count=40'):
        found = browser.ask('GET', f'/fhir/{query}').json().get('entry', [])
        for patient in dict.fromkeys(re.findall(r'Patient/([0-9a-f-]{36})', json.dumps(found))):
            made = browser.ask('POST', '/api/v1/notes', {'patient': patient, 'kind': 'progress'})
            if made.status == 201:
                return patient, who, made.json()
    raise RuntimeError('no patient to write about')


def text_of(note, text):
    return [{'code': s['code'], 'title': s['title'], 'text': text, 'entries': []} for s in note['sections']]


def strangers(hub, v, patient, note, others):
    """Every verb about the record, by who has no business in it."""
    for what, headers in others.items():
        ask = lambda method, path, body=None: hub.ask(method, path, body, {'x-forwarded-for': hub.address(), **headers})
        for path in OF_PATIENT:
            reply = ask('GET', f'/api/v1/patients/{patient}/{path}')
            v.same(reply.status, {403, 404}, f'{what} reads {path}')
        for method, path, body in (
            ('GET', f'notes/{note["id"]}', None), ('GET', f'notes/{note["id"]}/versions', None), ('PUT', f'notes/{note["id"]}', {'version': note['version'], 'title': 'faux'}),
            ('POST', f'notes/{note["id"]}/sign', {'version': note['version']}), ('POST', f'notes/{note["id"]}/withdraw', {'reason': 'faux', 'version': note['version']}),
            ('POST', 'notes', {'patient': patient, 'kind': 'progress'}), ('POST', f'patients/{patient}/generate_summary', {}),
            ('POST', f'patients/{patient}/orders', {'items': [{'kind': 'lab', 'display': 'NFS', 'priority': 'routine'}]}), ('POST', f'patients/{patient}/copy', {})):
            reply = ask(method, f'/api/v1/{path}', body)
            v.same(reply.status, {401, 403, 404}, f'{what}: {method} {path.replace(note["id"], "{id}").replace(patient, "{patient}")}')
        for kind in ('Patient', 'Composition'):
            id_ = patient if kind == 'Patient' else note['id']
            v.same(ask('GET', f'/fhir/{kind}/{id_}').status, {403, 404}, f'{what} reads {kind} by FHIR')
        hits = ask('GET', f'/fhir/Composition?patient={patient}')
        v.check(hits.status in (403, 404) or hits.json().get('entry') in (None, []), f'{what} finds nothing of it by FHIR', hits.status)


def co_signed(proof, who, other_who):
    """The proof of a signature, rewritten as somebody else's."""
    made = json.loads(json.dumps(proof).replace(who, other_who).replace('1.2.840.10065.1.12.1.1"', '1.2.840.10065.1.12.1.5"'))
    made.pop('id'), made.pop('meta', None)
    statement = {**json.loads(base64.b64decode(made['signature'][0]['data'])), 'role': 'cosigner', 'account': '00000000-0000-0000-0000-000000000000'}
    made['signature'][0]['data'] = base64.b64encode(json.dumps(statement, separators=(',', ':')).encode()).decode()
    return made


def signed(hub, v, surgeon, other, who, other_who, patient, note):
    base = f'/api/v1/notes/{note["id"]}'
    saved = surgeon.ask('PUT', base, {'version': note['version'], 'sections': text_of(note, 'Suites simples.')})
    v.same(saved.status, 200, 'the author writes')
    version = saved.json().get('version')
    v.same(surgeon.ask('PUT', base, {'version': note['version'], 'sections': text_of(note, 'Écrasé.')}).status, 412, 'an old version overwrites nothing')
    v.same(surgeon.ask('POST', f'{base}/sign', {'version': note['version']}).status, 412, 'a version that nobody saw is not signed')
    theirs = other.ask('POST', f'{base}/sign', {'version': version})
    v.same(theirs.status, {403, 404}, "somebody else signs the author's note")
    v.same(surgeon.ask('POST', f'{base}/sign', {'version': version}).status, 200, 'the author signs')
    v.same(surgeon.ask('POST', f'{base}/sign', {'version': version + 1}).status, {409, 412}, 'signing twice')
    v.same(surgeon.ask('PUT', base, {'version': version + 1, 'title': 'Changé'}).status, 409, 'what is signed is not changed')
    raw = surgeon.ask('GET', f'/fhir/Composition/{note["id"]}').json()
    for what, change in (('its title', {'title': 'Changé'}), ('its signature taken off', {'meta': {'profile': ['http://example.org/x']}}), ('its author', {'author': [{'reference': other_who}]})):
        v.same(surgeon.ask('PUT', f'/fhir/Composition/{note["id"]}', {**raw, **change}).status, {403, 409, 412, 422}, f'by FHIR: {what}')
    v.same(surgeon.ask('DELETE', f'/fhir/Composition/{note["id"]}').status, {403, 409, 422}, 'by FHIR: deleted')
    v.same(surgeon.ask('POST', f'{base}/cosign', {'version': version + 1}).status, {403, 409}, 'the author co-signs')
    forged = {'resourceType': 'Composition', 'status': 'final', 'meta': DIGSIG, 'type': {'coding': [{'system': 'http://loinc.org', 'code': '11506-3'}]},
              'subject': {'reference': f'Patient/{patient}'}, 'date': '2026-01-01T00:00:00Z', 'author': [{'reference': other_who}], 'title': 'Faux'}
    v.same(surgeon.ask('POST', '/fhir/Composition', forged).status, {403, 409, 422}, "by FHIR: signed in a colleague's name")
    proofs = surgeon.ask('GET', f'/fhir/Provenance?target=Composition/{note["id"]}').json().get('entry', [])
    proof = co_signed(proofs[0]['resource'], who, other_who) if proofs else {}
    v.same(surgeon.ask('POST', '/fhir/Provenance', proof).status, {400, 403, 409, 422}, "by FHIR: a colleague's co-signature, made of one's own signature")
    told = surgeon.ask('GET', base).json()
    v.check(told.get('status') == 'signed' and all(s.get('intact') and s['by'].get('reference') == who for s in told.get('signatures', [])), 'the note stands as it was signed', told.get('status'))


def found(hub, v, portal, mine):
    for words in ('dou', 'douleur', 'hanche', 'martin', "' OR 1=1 --", '%', '*', 'NEAR(a b)', '"', 'a AND b', '\\u0000x', 'é' * 190, 'x"*', '^x', '{a b}:c', 'col:x'):
        reply = portal.ask('GET', '/api/v1/find?q=' + ''.join(f'%{b:02X}' for b in words.encode()))
        about = {hit.get('patient') for hit in reply.json().get('hits', [])}
        v.check(reply.status in (200, 400, 403, 422) and about <= {mine}, f'a patient looks for {words[:20]!r}', f'{reply.status} {about}')


def attack(hub, v):
    users, admin = hub.users(), hub.token('admin')
    surgeon, other, portal = Browser(hub), Browser(hub), Browser(hub)
    surgeon.login(users['surgeon'])
    other.login(users['anaesthetist'])
    portal.login(users['patient'])
    mine = portal.ask('GET', '/fhir/Patient?_count=1').json()['entry'][0]['resource']['id']
    patient, who, note = own_patient(surgeon)
    other_who = other.ask('GET', '/api/v1/me').json()['practitioner']
    app = App(hub, admin)
    token = app.tokens(surgeon, patient)['access_token']
    biller = Browser(hub)
    biller.login(users['billing'])
    strangers(hub, v, patient, note, {
        'a patient': {'cookie': portal.cookie, 'x-medhub': '1'}, 'another tenant': {'authorization': f'Bearer {hub.token("intrus", "autre")}'}})
    for path in (f'notes/{note["id"]}', f'patients/{patient}/notes', 'find?q=dou', 'results/inbox'):
        v.same(hub.ask('GET', f'/api/v1/{path}', headers={'authorization': f'Bearer {token}', 'x-forwarded-for': hub.address()}).status, 403, f"an app's token on {path.split('/')[0]}")
    v.same(biller.ask('GET', f'/api/v1/notes/{note["id"]}').status, {403, 404}, 'billing reads no note')
    signed(hub, v, surgeon, other, who, other_who, patient, note)
    found(hub, v, portal, mine)
