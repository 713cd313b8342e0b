"""What one caller may cost the others, what he learns by the way, and requests that proxies and servers read
differently."""

import time

from .hub import Browser


def resets(hub, v):
    """Links asked for some do not keep another's from leaving."""
    accounts = [a['user'] for a in hub.ask('GET', '/api/v1/demo/accounts').json()['accounts']]
    victim, others = accounts[0], accounts[1:]
    ask = lambda user, address: hub.ask('POST', '/api/v1/auth/reset-password', {'user_or_mail': user}, {'x-forwarded-for': address}).status
    asked = [ask(user, '198.51.100.20') for user in others * 4]
    v.check(set(asked) <= {202, 429}, f'{len(asked)} links are asked for {len(others)} accounts', set(asked))
    time.sleep(1)
    v.same(ask(victim, '203.0.113.20'), 202, 'somebody else asks for one')
    for _ in range(20):
        time.sleep(0.2)
        if f'{victim}@' in hub.ask('GET', '/api/v1/demo/mails').text():
            break
    v.check(f'{victim}@' in hub.ask('GET', '/api/v1/demo/mails').text(), '… and it leaves')


def counted(hub, v):
    """What anyone may ask for, and what we keep a row for, is counted."""
    for method, path, body in (('GET', '/auth/logout', None), ('POST', '/api/v1/auth/passkey/begin', {}), ('POST', '/api/v1/auth/reset-password', {'user_or_mail': 'x'}),
                               ('POST', '/api/v1/auth/invitation/look', {'token': 'x' * 40})):
        address = hub.address()
        seen = [hub.ask(method, path, body, {'x-forwarded-for': address}).status for _ in range(120)]
        free = not {200, 202, 303} & set(seen) or method == 'GET' and not kept(hub, path)
        v.check(429 in seen or free, f'{method} {path} 120 times at once is counted, or keeps nothing', sorted(set(seen)))


def kept(hub, path):
    """Whether the way on names something that we keep."""
    return 'request=' in hub.ask('GET', path, headers={'x-forwarded-for': hub.address()}).header('location')


def places(hub, v):
    """Behind a proxy, what the caller says of his address before the proxy's own word counts for nothing."""
    for how in ('127.0.0.1, {}', '203.0.113.{n}, {}', '203.0.113.{n}, {}:4711', '203.0.113.{n}, "{}"', '203.0.113.{n}, unknown'):
        own = hub.address()
        seen = []
        for n in range(50):
            said = how.replace('{n}', str(n + 1)).format(own)
            seen.append(hub.ask('POST', '/api/v1/auth/login', {'user': f'devine{n}', 'password': 'faux'}, {'x-forwarded-for': said}).status)
        v.check(429 in seen, f'50 guesses under X-Forwarded-For: {how}', f'{seen.count(401)} were looked at')


def names(hub, v, user):
    """A sign-in tells nobody which accounts there are: not by its words, nor by when it begins to wait."""
    words = set()
    for name, password in ((user, 'faux'), ('personne', 'faux'), (user, 'x' * 400), (user.upper(), 'faux'), (f'{user}@clinique.example', 'faux')):
        reply = hub.ask('POST', '/api/v1/auth/login', {'user': name, 'password': password}, {'x-forwarded-for': hub.address()})
        words.add((reply.status, reply.text().replace(reply.header('x-request-id'), '')))
    v.same(len(words), 1, 'wrong sign-ins answer alike')

    def waits(name):
        address = hub.address()
        for _ in range(7):
            hub.ask('POST', '/api/v1/auth/login', {'user': name, 'password': 'faux'}, {'x-forwarded-for': address})
        return hub.ask('POST', '/api/v1/auth/login', {'user': f'{name}@clinique.example', 'password': 'faux'}, {'x-forwarded-for': address}).status
    v.known(waits(user) == waits('personne.du-tout'), 'a name and its mail address wait alike, whether they exist or not')


def smuggled(hub, v):
    head = b'POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\n'
    inner = b'GET /api/v1/version HTTP/1.1\r\nHost: x\r\n\r\n'
    cases = {
        'length and chunks': head + b'Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n' + inner,
        'two lengths': head + b'Content-Length: 0\r\nContent-Length: %d\r\n\r\n' % len(inner) + inner,
        'a length with a sign': head + b'Content-Length: +5\r\n\r\nhello' + inner,
        'chunked, misspelt': head + b'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n' + inner,
        'chunked twice': head + b'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n' + inner,
        'a space before the colon': head + b'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n' + inner,
        'a folded header': head + b'X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n' + inner,
        'a NUL in a header': head + b'X-A: b\x00c\r\nContent-Length: 0\r\n\r\n',
        'no host': b'GET /api/v1/version HTTP/1.1\r\n\r\n',
        'an endless chunk size': head + b'Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n',
        'CONNECT': b'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
        'TRACE': b'TRACE / HTTP/1.1\r\nHost: x\r\nCookie: secret=1\r\n\r\n',
        'another host by an absolute address': b'GET http://evil.example/api/v1/openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    }
    for what, request in cases.items():
        answer = hub.raw(request, wait=2.0)
        status = answer.split(b' ', 2)[1:2]
        inside = b'"version"' in answer and what not in ('no host', 'another host by an absolute address')
        v.check(not inside and b'secret=1' not in answer and b'HTTP/1.1 5' not in answer, f'raw: {what}', f'{status} inside={inside}')
    v.same(hub.ask('GET', '/readyz').status, 200, '… and the program is well')


def attack(hub, v):
    users = hub.users()
    smuggled(hub, v)
    names(hub, v, users['nurse'])
    places(hub, v)
    counted(hub, v)
    resets(hub, v)
