"""Time: what is over is over, and a clock that jumps opens nothing. The program runs on a clock that this test sets
(libfaketime)."""

import time

from .app import App, patient_of
from .hub import Browser

MINUTE, HOUR = 60, 3600


def reads(hub, token):
    return hub.ask('GET', '/fhir/Patient?_count=1', headers={'authorization': f'Bearer {token}', 'x-forwarded-for': hub.address()}).status


def attack(hub, v):
    if not hub.faked:
        v.check(False, 'libfaketime is not installed: expiry over HTTP was not tried')
        return
    users, admin = hub.users(), hub.token('admin', hours=24)
    short = hub.token('admin', hours=1)
    app = App(hub, admin)
    person, idle, offline = Browser(hub), Browser(hub), Browser(hub)
    person.login(users['surgeon']), idle.login(users['nurse'])
    patient = patient_of(person)
    tokens = app.tokens(person, patient)
    code, verifier = app.code(person, patient)
    asked = app.ask(verifier='v' * 43)
    v.check(reads(hub, short) == reads(hub, tokens['access_token']) == idle.me() == 200, 'all tokens are good at first')
    hub.shift(61)
    v.same(app.sell(code, verifier).status, 400, 'a code after 61 seconds')
    hub.shift(11 * MINUTE)
    ticket = asked.header('location').partition('request=')[2].partition('&')[0]
    v.same(person.ask('GET', f'/api/v1/oauth/requests/{ticket}').status, 404, 'a request to authorize after eleven minutes')
    stale = person.ask('POST', '/api/v1/account/totp/begin', {})
    v.same(stale.status, 403, 'a factor is not fresh any more after eleven minutes')
    for minute in range(20, 61, 20):
        hub.shift(minute * MINUTE)
        v.same(person.me(), 200, f'a session in use lives after {minute} minutes')
    hub.shift(61 * MINUTE)
    v.same(idle.me(), 401, 'a session is over after an hour without use')
    v.same(reads(hub, short), 401, 'a token of one hour after 61 minutes')
    v.same(reads(hub, tokens['access_token']), 401, "an app's token after 61 minutes")
    v.same(app.refresh(tokens['refresh_token']).status, 200, '… whose refresh token still is good')
    for hour in range(2, 25):
        for part in (0, 20, 40):
            hub.shift(hour * HOUR // 2 + part * MINUTE // 2)
            alive = person.me()
    v.same(alive, 401, 'a session in use is over after twelve hours')
    hub.shift(90 * 24 * HOUR)
    v.same(app.refresh(tokens['refresh_token']).status, 400, 'a used refresh token after ninety days')
    v.same(hub.ask('GET', '/readyz').status, 200, 'the program is well in ninety days')
    hub.shift(0)
    later = Browser(hub)
    later.login(users['anaesthetist'])
    hub.shift(-HOUR)
    v.same(reads(hub, short), {200, 401}, 'a clock that goes back an hour answers')
    v.same(later.ask('POST', '/api/v1/account/totp/begin', {}).status, {401, 403}, '… a factor of the future is not fresh')
    later = Browser(hub)
    v.same(later.login(users['nurse']).status, {200, 429}, '… lets the nurse in, or tells her to wait')
    v.same(hub.ask('GET', '/readyz').status, 200, '… and is well')
    hub.shift(0)
    time.sleep(0.2)
    v.same(Browser(hub).login(users['secretary']).status, 200, 'right again')
