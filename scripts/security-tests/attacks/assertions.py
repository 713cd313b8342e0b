"""Signed assertions of programs (RFC 7523): every way to make one that must not be believed."""

import secrets
import socket
import threading
import time

from .app import App
from .jwt import Key, unsigned

ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'


def program(hub, admin, key, **change):
    told = {'auth': 'private_key_jwt', 'grant_types': ['client_credentials'], 'scopes': ['system/Patient.rs'],
            'redirect_uris': [], 'post_logout_redirect_uris': [], 'jwks': {'keys': [key.jwk]}, **change}
    return App(hub, admin, **told)


def claims(hub, client, **change):
    now = int(time.time())
    made = {'iss': client, 'sub': client, 'aud': f'{hub.url}/auth/token', 'jti': secrets.token_hex(12), 'iat': now, 'exp': now + 200, **change}
    return {name: value for name, value in made.items() if value is not None}


def show(hub, token, **more):
    return hub.form('/auth/token', grant_type='client_credentials', scope='system/Patient.rs', client_assertion_type=ASSERTION,
                    client_assertion=token, **more)


def attack(hub, v):
    admin, now = hub.token('admin'), int(time.time())
    key, other = Key(hub.root, 'k1'), Key(hub.root, 'k2')
    mine, theirs = program(hub, admin, key), program(hub, admin, other)
    of = lambda **change: claims(hub, mine.id, **change)
    good = key.sign(of())
    v.same(show(hub, good).status, 200, 'a good assertion, to compare')
    v.same(show(hub, good).status, 401, 'the same assertion a second time')
    v.same(show(hub, key.sign(of(iat=now + 45, nbf=now + 45, exp=now + 245))).status, 200, 'a clock that is 45 s ahead')
    v.same(show(hub, key.sign(of(iat=now - 345, exp=now - 45))).status, 200, 'a clock that is 45 s behind')
    bad = {
        'alg none': unsigned(of()), 'alg NONE': unsigned(of(), 'NONE'), 'alg none with a signature': unsigned(of(), 'none', 'AAAA'),
        'the public key as a shared secret': key.confused(of()), "somebody else's key": other.sign(of(), {'kid': 'k1'}),
        "somebody else's key under its own name": other.sign(of()), 'no such key': key.sign(of(), {'kid': '../../../dev/null'}),
        'alg RS256 over an RS384 signature': key.sign(of(), {'alg': 'RS256'}), 'alg of another kind': key.sign(of(), {'alg': 'ES384'}),
        'over': key.sign(of(iat=now - 400, exp=now - 120)), 'good for too long': key.sign(of(exp=now + 3600)),
        'of the future (iat)': key.sign(of(iat=now + 120)), 'of the future (nbf)': key.sign(of(nbf=now + 120)),
        'no end': key.sign(of(exp=None)), 'an end in words': key.sign(of(exp='tomorrow')), 'an end beyond numbers': key.sign(of(exp=1e300)),
        'a negative end': key.sign(of(exp=-1)), 'no jti': key.sign(of(jti=None)), 'an empty jti': key.sign(of(jti='')),
        'a jti of 300 letters': key.sign(of(jti='j' * 300)), 'another audience': key.sign(of(aud='https://evil.example/auth/token')),
        'the audience of another tenant': key.sign(of(aud=f'{hub.url}/t/autre/auth/token')), 'no audience': key.sign(of(aud=None)),
        'a list of others': key.sign(of(aud=['https://evil.example'])), 'sub of another client': key.sign(of(sub=theirs.id)),
        'iss of another client': key.sign(of(iss=theirs.id)), 'both of another client': key.sign(of(iss=theirs.id, sub=theirs.id)),
        'no iss': key.sign(of(iss=None)), 'jku elsewhere': key.sign(of(), {'jku': 'https://evil.example/keys'}),
        'its own key in the header': other.sign(of(), {'jwk': other.jwk, 'kid': 'k1'}), 'crit': key.sign(of(), {'crit': ['exp']}),
        'not a token': 'x.y.z', 'two parts': 'x.y', 'empty parts': '..', 'five parts': 'a.b.c.d.e',
    }
    for what, token in bad.items():
        reply = show(hub, token)
        v.check(reply.status in (400, 401) and 'access_token' not in reply.json(), f'assertion: {what}', f'{reply.status} {reply.text()}')
    v.same(show(hub, key.sign(of()), client_id=theirs.id).status, 401, "assertion: another client's name beside it")
    both = hub.form('/auth/token', theirs.basic('x'), grant_type='client_credentials', scope='system/Patient.rs',
                    client_assertion_type=ASSERTION, client_assertion=key.sign(of()))
    v.same(both.status, {400, 401}, 'assertion: two proofs at once')
    told = show(hub, key.sign(of())).json()
    v.same(told.get('scope'), 'system/Patient.rs', 'no more than the registered scope')
    wider = hub.form('/auth/token', grant_type='client_credentials', scope='system/*.cruds scim', client_assertion_type=ASSERTION, client_assertion=key.sign(of()))
    v.check('access_token' not in wider.json(), 'more scopes than registered', wider.text())
    session = hub.ask('POST', '/api/v1/auth/token-session', {'token': told['access_token']}, {'x-medhub': '1', 'x-forwarded-for': hub.address()})
    v.check(session.status in (401, 403) and not session.cookie(), "a program's token is no session, with a fresh factor", session.status)
    fetched(hub, v, admin, key)


def fetched(hub, v, admin, key):
    """Server-side requests: an address of the own machine is not fetched, whatever is registered."""
    asked = threading.Event()
    with socket.create_server(('127.0.0.1', 0)) as trap:
        trap.settimeout(4)

        def wait():
            try:
                trap.accept()[0].close()
                asked.set()
            except OSError:
                pass
        waiting = threading.Thread(target=wait)
        waiting.start()
        port = trap.getsockname()[1]
        for host in ('127.0.0.1', 'localhost', '[::1]'):
            made = hub.ask('POST', '/api/v1/oauth/clients', {
                'name': 'SSRF', 'auth': 'private_key_jwt', 'grant_types': ['client_credentials'], 'scopes': ['system/Patient.rs'],
                'jwks_uri': f'http://{host}:{port}/keys'}, {'authorization': f'Bearer {admin}'})
            if made.status == 201:
                reply = show(hub, key.sign(claims(hub, made.json()['id'])))
                v.same(reply.status, {400, 401}, f'a key set at {host} is not believed')
        waiting.join()
    v.check(not asked.is_set(), 'nothing on this machine is fetched for a registered address')
