"""Tokens that are forged, foreign, of another kind, or come again."""

import base64
import hashlib
import hmac
import time

from .app import App, patient_of
from .hub import Browser, PASSWORD
from .jwt import changed, claims_of, unsigned

READS = ('/fhir/Patient?_count=1', '/api/v1/me', '/t/demo/fhir/Patient?_count=1')
# What an answer must not say to who is refused.
TELLS = ('panicked', '.rs:', 'sqlite', 'SQLITE', 'stack', 'root.key', 'cedar', 'expired', 'unknown token', 'signature')


def totp(secret, at=None):
    """RFC 6238: SHA-1, six digits, 30 seconds."""
    counter = int((at or time.time()) // 30).to_bytes(8, 'big')
    key = base64.b32decode(secret + '=' * (-len(secret) % 8))
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    at = digest[19] & 15
    return f'{(int.from_bytes(digest[at:at + 4], "big") & 0x7fffffff) % 1_000_000:06d}'


def bearer(hub, path, value):
    return hub.ask('GET', path, headers={'authorization': value, 'x-forwarded-for': hub.address()})


def forged(hub, v, good, session):
    name, _, value = session.partition('=')
    flipped = good[:-1] + ('A' if good[-1] != 'A' else 'B')
    claims = {'iss': hub.url, 'sub': 'admin', 'aud': f'{hub.url}/fhir', 'exp': int(time.time()) + 3600, 'scope': 'system/*.cruds'}
    bad = {
        'none at all': '', 'a word': 'Bearer x', 'the last letter changed': f'Bearer {flipped}', 'cut': f'Bearer {good[:-1]}',
        'two tokens in one': f'Bearer {good} {good}', 'Basic': 'Basic ' + base64.b64encode(b'admin:' + PASSWORD.encode()).decode(),
        'a JWT of alg none': f'Bearer {unsigned(claims)}', 'a JWT of alg None': f'Bearer {unsigned(claims, "None")}',
        'a session token as a bearer': f'Bearer {value}', 'another scheme': f'Token {good}', 'another letter case': f'Bearer {good.swapcase()}',
        'very long': 'Bearer ' + 'a' * 20_000, 'SQL': "Bearer ' OR 1=1 --", 'a NUL, encoded': 'Bearer %00',
    }
    for what, value_ in bad.items():
        for path in READS:
            reply = bearer(hub, path, value_)
            told = [word for word in TELLS if word in reply.text()]
            v.check(reply.status == 401 and not told, f'{what} on {path}', f'{reply.status} {told}')
    as_cookie = hub.ask('GET', '/api/v1/me', headers={'cookie': f'{name}={good}', 'x-forwarded-for': hub.address()})
    v.same(as_cookie.status, 401, 'a bearer token as a cookie')
    twice = hub.ask('GET', '/api/v1/me', headers=[('authorization', 'Bearer x'), ('authorization', f'Bearer {good}'), ('x-forwarded-for', hub.address())])
    v.same(twice.status, {400, 401}, 'two Authorization headers, the second good')
    v.same(hub.ask('GET', f'/fhir/Patient?_count=1&access_token={good}').status, 401, 'a token in the address')
    v.same(bearer(hub, READS[0], f'Bearer {good}').status, 200, 'the good token, to compare')


def foreign(hub, v, stranger):
    """Wrong audience: the token of another tenant tells nothing from a tenant that does not exist."""
    ways = ('/t/{}/fhir/Patient?_count=1', '/t/{}/fhir/Patient/x', '/t/{}/api/v1/me', '/t/{}/api/v1/accounts')
    for way in ways:
        there, nowhere = (bearer(hub, way.format(name), f'Bearer {stranger}') for name in ('demo', 'nulle-part'))
        plain = [r.text().replace(r.header('x-request-id'), '') for r in (there, nowhere)]
        v.check(there.status == nowhere.status == 404 and plain[0] == plain[1], f'a foreign token on {way}', f'{there.status} {nowhere.status}')
    own = bearer(hub, '/fhir/Patient?_count=1', f'Bearer {stranger}')
    v.check(own.status == 200 and own.json().get('total', 0) == 0, 'a foreign token sees its own, empty tenant', own.status)


def of_apps(hub, v, admin, user):
    """An app's tokens: each for its own use, and a person's rights alone by that person."""
    person = Browser(hub)
    person.login(user)
    patient = patient_of(person)
    app = App(hub, admin)
    code, verifier = app.code(person, patient)
    first = app.sell(code, verifier).json()
    v.same(bearer(hub, READS[0], f'Bearer {first["access_token"]}').status, 200, 'an app reads with its token')
    for what, token in (('a refresh token', first['refresh_token']), ('an ID token', first['id_token']),
                        ('a changed ID token', changed(first['id_token'], sub='x')), ('a code', code)):
        v.same(bearer(hub, READS[0], f'Bearer {token}').status, 401, f'{what} as a bearer')
    v.same(bearer(hub, '/api/v1/accounts', f'Bearer {first["access_token"]}').status, 403, 'an app administers nothing')
    thief = Browser(hub)
    session = thief.ask('POST', '/api/v1/auth/token-session', {'token': first['access_token']})
    v.check(session.status == 401 and not session.cookie(), "an app's token is no session of our own page, with a fresh factor", session.status)
    again = app.sell(code, verifier)
    v.check(again.status == 400 and again.json().get('error') == 'invalid_grant', 'a code a second time', again.status)
    v.same(bearer(hub, READS[0], f'Bearer {first["access_token"]}').status, 401, '… ends what was sold for it')
    second = app.tokens(person, patient)
    renewed = app.refresh(second['refresh_token']).json()
    v.same(app.refresh(second['refresh_token']).status, 400, 'a refresh token a second time')
    v.same(bearer(hub, READS[0], f'Bearer {renewed["access_token"]}').status, 401, '… ends its whole family')
    v.same(app.refresh(renewed['refresh_token']).status, 400, '… the newest refresh token too')
    third = app.tokens(person, patient)
    wider = app.refresh(third['refresh_token'], scope='system/*.cruds')
    v.check(wider.json().get('error') == 'invalid_scope', 'a refresh for more than was granted', wider.text())
    hinted = forged_hint(hub, third['id_token'])
    v.check(hinted == 200 and person.me() == 200, 'a forged id_token_hint ends no session', hinted)


def forged_hint(hub, token):
    """Asks to sign out with ID tokens that nobody signed; the status of the last one's page."""
    claims = claims_of(token)
    for hint in (unsigned(claims), changed(token, exp=1), token + 'A', unsigned(claims, 'HS256', 'AA')):
        reply = hub.ask('GET', f'/auth/logout?id_token_hint={hint}', headers={'x-forwarded-for': hub.address()})
        if reply.status not in (303, 302) or not reply.header('location').startswith('/deconnexion'):
            return f'{reply.status} {reply.header("location")}'
    return 200


def replayed(hub, v, user):
    """Tickets and codes of a second factor: each is good once."""
    person = Browser(hub)
    person.login(user)
    secret = person.ask('POST', '/api/v1/account/totp/begin', {}).json()['secret']
    used = totp(secret)
    done = person.ask('POST', '/api/v1/account/totp/finish', {'code': used})
    v.same(done.status, {200, 201, 204}, 'an authenticator app is enrolled')
    thief = Browser(hub)
    asked = thief.login(user)
    ticket = asked.json().get('ticket', '')
    v.check(asked.status == 200 and not asked.cookie(), 'the password alone opens nothing any more', asked.status)
    again = thief.ask('POST', '/api/v1/auth/second-factor', {'ticket': ticket, 'totp': used})
    v.check(again.status == 401 and not again.cookie(), 'a code that was used before', again.status)
    while totp(secret) == used:
        time.sleep(0.5)
    code = totp(secret)
    entered = person.ask('POST', '/api/v1/auth/second-factor', {'ticket': ticket, 'totp': code})
    v.same(entered.status, 200, 'the next code')
    late = thief.ask('POST', '/api/v1/auth/second-factor', {'ticket': ticket, 'totp': totp(secret)})
    v.check(late.status == 401 and not late.cookie(), 'a ticket that was used before', late.status)


def attack(hub, v):
    users = hub.users()
    admin, stranger = hub.token('admin'), hub.token('intrus', 'autre')
    person = Browser(hub)
    person.login(users['nurse'])
    forged(hub, v, admin, person.cookie)
    foreign(hub, v, stranger)
    of_apps(hub, v, admin, users['surgeon'])
    replayed(hub, v, users['pharmacist'])
