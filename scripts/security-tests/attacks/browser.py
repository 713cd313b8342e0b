"""What other sites make a browser do, and sessions that somebody planted."""

from .hub import PASSWORD, Browser

CHANGES = [('POST', '/api/v1/account/totp/begin'), ('DELETE', '/api/v1/account/sessions'), ('POST', '/api/v1/auth/logout'),
           ('POST', '/fhir/Patient'), ('PUT', '/fhir/Patient/forged'), ('DELETE', '/fhir/Patient/forged'), ('POST', '/fhir/Patient/_search'), ('POST', '/fhir'),
           ('POST', '/api/v1/auth/fresh'), ('POST', '/api/v1/break-glass')]
PATIENT = '{"resourceType":"Patient","name":[{"family":"Faux"}]}'
SITES = {
    'a form (text/plain)': {'content-type': 'text/plain', 'origin': 'https://evil.example', 'x-medhub': None, 'sec-fetch-site': 'cross-site'},
    'a form (urlencoded)': {'content-type': 'application/x-www-form-urlencoded', 'origin': 'https://evil.example', 'x-medhub': None, 'sec-fetch-site': None},
    'a form (multipart)': {'content-type': 'multipart/form-data; boundary=x', 'origin': 'null', 'x-medhub': None, 'sec-fetch-site': None},
    'fetch without our header': {'content-type': 'application/json', 'origin': 'https://evil.example', 'x-medhub': None, 'sec-fetch-site': None},
    'fetch with another value of it': {'content-type': 'application/json', 'x-medhub': '0', 'sec-fetch-site': None},
    'fetch with our header from elsewhere': {'content-type': 'application/fhir+json', 'origin': 'https://evil.example', 'sec-fetch-site': 'cross-site'},
    'a sister site': {'content-type': 'application/fhir+json', 'origin': 'https://other.hub.example', 'sec-fetch-site': 'same-site'},
    'an unknown kind of site': {'content-type': 'application/fhir+json', 'sec-fetch-site': 'from-somewhere'},
}


def other_sites(hub, v, user):
    victim = Browser(hub)
    victim.login(user)
    for what, headers in SITES.items():
        sent = {name.replace('-', '_'): value for name, value in headers.items()}
        for method, path in CHANGES:
            reply = victim.ask(method, path, PATIENT, **sent)
            v.check(reply.status == 403 and not reply.cookie(), f'{what}: {method} {path}', reply.status)
    v.same(victim.me(), 200, '… and the session lives')
    for path in ('/api/v1/me', '/fhir/Patient?_count=1', '/api/v1/account/security'):
        v.same(victim.ask('GET', path, sec_fetch_site='cross-site').status, 403, f'another site reads {path}')
    for what, headers in SITES.items():
        mallory = Browser(hub)
        sent = {name.replace('-', '_'): value for name, value in headers.items()}
        reply = mallory.login(user, **sent)
        v.check(not reply.cookie() and reply.status == 403, f'{what}: signs nobody in', reply.status)


def origins(hub, v):
    """What a browser is told about calls from other origins."""
    for origin in ('https://evil.example', 'null', 'http://localhost', 'https://127.0.0.1.evil.example', hub.url + '.evil.example'):
        for path in ('/fhir/Patient', '/api/v1/me', '/api/v1/auth/login'):
            asked = {'origin': origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-medhub, authorization', 'x-forwarded-for': hub.address()}
            for reply in (hub.ask('OPTIONS', path, headers=asked), hub.ask('GET', path, headers={'origin': origin, 'x-forwarded-for': hub.address()})):
                v.check(not reply.header('access-control-allow-origin') and not reply.header('access-control-allow-credentials'),
                        f'{origin} may not call {path}', reply.header('access-control-allow-origin'))
    for path in ('/auth/token', '/auth/userinfo', '/.well-known/openid-configuration'):
        reply = hub.ask('OPTIONS', path, headers={'origin': 'https://evil.example', 'access-control-request-method': 'POST', 'x-forwarded-for': hub.address()})
        v.check(not reply.header('access-control-allow-credentials') and reply.header('access-control-allow-origin') in ('', '*'),
                f'{path} is called without cookies', str(reply.headers))


def planted(hub, v, user, other):
    mallory, victim = Browser(hub), Browser(hub)
    first = mallory.login(other)
    flags = next(value for name, value in first.headers if name.lower() == 'set-cookie')
    v.check(all(flag in flags for flag in ('HttpOnly', 'SameSite=Strict', 'Path=/')) and 'Domain' not in flags, 'the flags of the cookie', flags)
    fixed = mallory.cookie
    victim.cookie = fixed
    victim.login(user)
    v.check(victim.cookie != fixed and victim.me() == 200, "a sign-in over a planted session gets a new one")
    v.same(Browser(hub, cookie=fixed).me(), 401, '… and ends the planted one')
    name = fixed.partition('=')[0]
    for value in ('chosen', 'a' * 43, '', '%00', '../../x', fixed.partition('=')[2][::-1]):
        made = Browser(hub, cookie=f'{name}={value}')
        before = made.me()
        made.login(user)
        v.check(before == 401 and made.cookie.partition('=')[2] != value, f'a session of the attacker\'s choice: {value[:12]!r}', before)
    both = Browser(hub, cookie=f'{name}=chosen; {victim.cookie}')
    v.same(both.me(), 401, 'of two cookies the first counts alone')
    prefixed = Browser(hub, cookie=f'__Host-medhub={victim.cookie.partition("=")[2]}')
    v.same(prefixed.me(), 401, 'the cookie of TLS counts over TLS alone')


def ended(hub, v, user):
    """What ends a session ends it at once, wherever it is used."""
    one, two = Browser(hub), Browser(hub)
    one.login(user), two.login(user)
    copy = Browser(hub, cookie=one.cookie)
    v.same(one.ask('POST', '/api/v1/auth/logout').status, 204, 'signs out')
    v.same(copy.me(), 401, '… and a copy of the cookie is of no use')
    old = two.cookie
    v.same(two.me(), 200, 'the other session lives')
    three = Browser(hub)
    three.login(user)
    three.ask('DELETE', '/api/v1/account/sessions')
    v.check(two.me() == 401 and three.me() == 200, 'ends all others', f'{two.me()} {three.me()}')
    changed = three.ask('POST', '/api/v1/account/password', {'old': PASSWORD, 'new': 'Une-autre-phrase-2026'})
    v.check(changed.status in (200, 204) and (not changed.cookie() or changed.cookie() != old), 'changes the password', changed.status)
    back = three.ask('POST', '/api/v1/account/password', {'old': 'Une-autre-phrase-2026', 'new': PASSWORD})
    v.same(back.status, {200, 204}, '… and back')
    v.same(three.ask('POST', '/api/v1/account/password', {'old': 'faux', 'new': 'Encore-une-autre-phrase'}).status, {400, 401, 403, 422}, 'not without the old one')


def attack(hub, v):
    users = hub.users()
    other_sites(hub, v, users['nurse'])
    origins(hub, v)
    planted(hub, v, users['nurse'], users['secretary'])
    ended(hub, v, users['anaesthetist'])
