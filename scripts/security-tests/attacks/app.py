"""An app of OAuth: registered, let in by a person, with the tokens that it got."""

import base64
import hashlib
import secrets
import urllib.parse

from .jwt import b64

BACK = 'https://app.example/back'
SCOPES = 'openid fhirUser profile launch launch/patient offline_access user/*.cruds patient/*.rs'


def query_of(address):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))


class App:
    def __init__(self, hub, admin, **told):
        self.hub = hub
        made = hub.ask('POST', '/api/v1/oauth/clients', {
            'name': 'Attaquant', 'auth': 'client_secret_basic', 'redirect_uris': [BACK, 'http://127.0.0.1/app'],
            'post_logout_redirect_uris': ['https://app.example/bye'], 'grant_types': ['authorization_code', 'refresh_token'],
            'scopes': SCOPES.split(), **told}, {'authorization': f'Bearer {admin}'})
        if made.status != 201:
            raise RuntimeError(f'register: {made.status} {made.text()}')
        self.id, self.secret = made.json()['id'], made.json().get('secret')

    def basic(self, secret=None):
        pair = f'{self.id}:{secret or self.secret}'
        return {'authorization': 'Basic ' + base64.b64encode(pair.encode()).decode()}

    def address(self, verifier='v' * 43, **change):
        fields = {
            'response_type': 'code', 'client_id': self.id, 'redirect_uri': BACK, 'state': 'etat', 'nonce': 'nonce-1',
            'scope': SCOPES.replace(' launch ', ' '), 'aud': f'{self.hub.url}/fhir', 'code_challenge_method': 'S256',
            'code_challenge': b64(hashlib.sha256(verifier.encode()).digest()), **change}
        return '/auth/authorize?' + urllib.parse.urlencode({k: v for k, v in fields.items() if v is not None})

    def ask(self, headers=None, **change):
        """Where the browser is sent by a request to authorize."""
        sent = {'x-forwarded-for': self.hub.address(), **(headers or {})}
        return self.hub.ask('GET', self.address(**change), headers=sent)

    def code(self, browser, patient, **change):
        """The person lets the app in; the code, and what it was asked with."""
        verifier = secrets.token_urlsafe(48)
        sent = self.ask(verifier=verifier, **change)
        ticket = query_of(sent.header('location')).get('request')
        if not ticket:
            raise RuntimeError(f'authorize: {sent.status} {sent.header("location")}')
        done = browser.ask('POST', f'/api/v1/oauth/requests/{ticket}', {'allow': True, 'patient': patient})
        if done.status != 200:
            raise RuntimeError(f'consent: {done.status} {done.text()}')
        return query_of(done.json()['redirect'])['code'], verifier

    def sell(self, code, verifier, redirect_uri=BACK, headers=None, **more):
        return self.hub.form('/auth/token', headers or self.basic(), grant_type='authorization_code', code=code,
                             code_verifier=verifier, redirect_uri=redirect_uri, **more)

    def refresh(self, token, **more):
        return self.hub.form('/auth/token', self.basic(), grant_type='refresh_token', refresh_token=token, **more)

    def tokens(self, browser, patient):
        return self.sell(*self.code(browser, patient)).json()


def patient_of(browser):
    """A patient whom the browser's person may open."""
    found = browser.ask('GET', '/fhir/Encounter?_count=20&_sort=-date').json()
    for entry in found.get('entry', []):
        patient = entry['resource'].get('subject', {}).get('reference', '').rpartition('/')[2]
        if patient and browser.ask('GET', f'/fhir/Patient/{patient}').status == 200:
            return patient
    raise RuntimeError('nobody to launch with')
