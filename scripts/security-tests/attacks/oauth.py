"""Open redirects, codes in the wrong hands, and addresses that a request makes up."""

import urllib.parse

from .app import BACK, App, patient_of, query_of
from .hub import Browser

EVIL = 'evil.example'
ADDRESSES = [
    'https://evil.example/back', 'https://app.example.evil.example/back', 'https://app.example@evil.example/back',
    'https://evil.example#https://app.example/back', 'https://app.example/back/../../evil', 'https://app.example/back?x=1',
    'https://app.example/back#x', 'https://app.example:444/back', 'http://app.example/back', 'HTTPS://app.example/back',
    'https://APP.example/back', '//evil.example/back', '/\\evil.example', 'javascript:alert(1)', 'data:text/html,x',
    'https://app.example\\.evil.example/back', 'https://app.example%2eevil.example/back', 'https://app.example/back%0d%0aset-cookie:%20x=1',
    'https://app.example/back\r\nlocation: https://evil.example', ' https://app.example/back', 'https://app.example/back ',
    'https://app.example/back\x00', 'https://аpp.example/back', 'http://127.0.0.1:80@evil.example/app', 'http://127.0.0.1.evil.example/app',
    'http://127.1/app', 'http://2130706433/app', 'http://0x7f.1/app', 'http://[::ffff:127.0.0.1]/app', 'http://127.0.0.1/app/other', '',
]


def leads_away(location):
    """Whether a browser leaves for a host that is none of ours."""
    joined = urllib.parse.urljoin('http://hub.example/auth/authorize', location.replace('\\', '/'))
    parts = urllib.parse.urlsplit(joined)
    return parts.scheme not in ('http', 'https') or parts.hostname not in ('hub.example', 'app.example', '127.0.0.1')


def redirects(hub, v, app):
    for uri in ADDRESSES:
        sent = app.ask(redirect_uri=uri)
        away = sent.status in (301, 302, 303, 307, 308) or sent.header('location') or sent.header('refresh')
        v.check(sent.status in (400, 422) and not away and EVIL not in sent.text(), f'authorize back to {uri!r}', f'{sent.status} {sent.header("location")}')
    for back in ('https://evil.example/', '//evil.example', '/\\evil.example', 'https://app.example/bye/../evil', 'https://app.example/other', 'javascript:x'):
        for path in (f'/auth/logout?client_id={app.id}&', '/auth/logout?', '/t/demo/auth/logout?'):
            sent = hub.ask('GET', path + urllib.parse.urlencode({'post_logout_redirect_uri': back, 'state': back}), headers={'x-forwarded-for': hub.address()})
            v.check(sent.status == 303 and sent.header('location').startswith('/') and not leads_away(sent.header('location')),
                    f'logout back to {back!r} by {path[:20]}…', f'{sent.status} {sent.header("location")}')
    for path in ('/auth/upstream/psc/start?nonce=' + 'n' * 24 + '&return=https://evil.example', '/auth/upstream/psc/callback?state=x&code=y',
                 '//evil.example/auth/authorize', '/auth/authorize?client_id=x&redirect_uri=https://evil.example', '/t/demo/auth/authorize', '//evil.example/%2e%2e'):
        sent = hub.ask('GET', path, headers={'x-forwarded-for': hub.address()})
        v.check(not (sent.header('location') and leads_away(sent.header('location'))), f'nobody is sent away by {path[:60]}', sent.header('location'))


def unsafe(hub, v, app):
    """Requests that go back to the app with an error, and no code ever."""
    bad = {
        'no PKCE': {'code_challenge': None}, 'PKCE plain': {'code_challenge_method': 'plain'}, 'PKCE without a method': {'code_challenge_method': None},
        'response_type token': {'response_type': 'token'}, 'response_type code token': {'response_type': 'code id_token token'},
        'response_mode fragment': {'response_mode': 'fragment'}, 'a request object': {'request': 'eyJhbGciOiJub25lIn0.e30.'},
        'request_uri': {'request_uri': 'https://evil.example/r'}, 'a counterfeit aud': {'aud': 'https://evil.example/fhir'}, 'no aud': {'aud': None},
        "another tenant's aud": {'aud': f'{hub.url}/t/autre/fhir'}, 'system scopes alone': {'scope': 'system/*.cruds'}, 'no scope': {'scope': ''},
        'prompt none': {'prompt': 'none'}, 'a launch that nobody made': {'launch': 'x', 'scope': 'launch openid'}, 'a state of 3,000 letters': {'state': 's' * 3000},
    }
    for what, change in bad.items():
        sent = app.ask(**change)
        params = query_of(sent.header('location'))
        good = sent.status == 303 and sent.header('location').startswith(BACK) and 'error' in params and 'code' not in params and 'request' not in params
        v.check(good, f'authorize: {what}', f'{sent.status} {sent.header("location")[:80]}')
    split = app.ask(state='x\r\nset-cookie: a=b')
    v.check(split.status == 303 and not split.header('set-cookie'), 'a state with line breaks splits no header', split.status)
    twice = hub.ask('GET', app.address() + '&redirect_uri=https%3A%2F%2Fevil.example%2F', headers={'x-forwarded-for': hub.address()})
    v.check(twice.status == 400 and not twice.header('location'), 'redirect_uri given twice', twice.status)


def wrong_hands(hub, v, app, other, person, patient):
    code, verifier = app.code(person, patient)
    for what, reply in (
        ('another client', other.sell(code, verifier)), ('the right client with the wrong secret', app.sell(code, verifier, headers=app.basic('x'))),
        ('no client at all', app.sell(code, verifier, headers={'x-medhub': '1'})),
        ('the secret in the form', app.sell(code, verifier, headers={'x-medhub': '1'}, client_id=app.id, client_secret=app.secret))):
        v.check(reply.status in (400, 401) and 'access_token' not in reply.json(), f'a code with {what}', reply.status)
    for what, make in (
        ('another verifier', lambda c, f: app.sell(c, 'w' * 43)), ('a verifier that is too short', lambda c, f: app.sell(c, f[:20])),
        ('another redirect_uri', lambda c, f: app.sell(c, f, redirect_uri='http://127.0.0.1/app')),
        ("another tenant's endpoint", lambda c, f: hub.form('/t/autre/auth/token', app.basic(), grant_type='authorization_code', code=c, code_verifier=f, redirect_uri=BACK))):
        reply = make(*app.code(person, patient))
        v.check(reply.status in (400, 401) and 'access_token' not in reply.json(), f'a code with {what}', reply.status)
    token = app.tokens(person, patient)['access_token']
    told = hub.form('/auth/introspect', app.basic('x'), token=token)
    v.same(told.status, 401, 'introspection without the right secret')
    session = hub.form('/auth/introspect', app.basic(), token=person.cookie.partition('=')[2])
    v.check(session.json() == {'active': False}, "introspection of somebody's session", session.text())
    ended = hub.form('/auth/revoke', other.basic(), token=token)
    still = hub.ask('GET', '/fhir/Patient?_count=1', headers={'authorization': f'Bearer {token}'})
    v.check(ended.status == 200 and still.status == 200, "revoking another client's token does nothing", still.status)


def hosts(hub, v, app):
    """With `public_url` set no name that a request makes up comes back."""
    for headers in ({'host': EVIL}, {'host': f'{EVIL}:80'}, {'x-forwarded-host': EVIL}, {'forwarded': f'host={EVIL}'}, {'x-original-url': '/api/v1/accounts'},
                    {'x-rewrite-url': '/api/v1/accounts'}, {'x-forwarded-proto': 'https', 'x-forwarded-host': EVIL}):
        sent = {'x-forwarded-for': hub.address(), **headers}
        for path in ('/.well-known/openid-configuration', '/fhir/metadata', '/fhir/.well-known/smart-configuration', '/auth/authorize'):
            reply = hub.ask('GET', path, headers=sent)
            everything = reply.text() + str(reply.headers)
            v.check(EVIL not in everything, f'{headers} on {path}', reply.status)
    reset = hub.ask('POST', '/api/v1/auth/reset-password', {'user_or_mail': 'admin'}, {'host': EVIL, 'x-forwarded-for': hub.address()})
    mails = hub.ask('GET', '/api/v1/demo/mails').text()
    v.check(reset.status == 202 and EVIL not in mails, 'a link by mail names our own address', reset.status)


def attack(hub, v):
    users, admin = hub.users(), hub.token('admin')
    app, other = App(hub, admin), App(hub, admin)
    person = Browser(hub)
    person.login(users['surgeon'])
    patient = patient_of(person)
    redirects(hub, v, app)
    unsafe(hub, v, app)
    wrong_hands(hub, v, app, other, person, patient)
    hosts(hub, v, app)
