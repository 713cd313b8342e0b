"""The stream of live changes: who may open it, what it tells whom, how many there may be, and that it ends with the session."""

import http.client
import json
import threading
import time

from .app import App, patient_of
from .hub import Browser

PATH = '/api/v1/live'


class Stream:
    """An open stream; its events are gathered behind our back."""

    def __init__(self, hub, headers, path=PATH):
        self.connection = http.client.HTTPConnection('127.0.0.1', hub.port, timeout=40)
        self.connection.request('GET', path, headers={'x-forwarded-for': hub.address(), **headers})
        self.answer = self.connection.getresponse()
        self.status, self.lines, self.over = self.answer.status, [], threading.Event()
        if self.status == 200:
            threading.Thread(target=self.read, daemon=True).start()
        else:
            self.answer.read()

    def read(self):
        try:
            while line := self.answer.readline():
                self.lines.append(line.decode().rstrip('\n'))
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            pass
        self.over.set()

    def changes(self):
        return [json.loads(line[6:]) for line in list(self.lines) if line.startswith('data: {') and '"type"' in line]

    def close(self):
        try:
            self.connection.sock.shutdown(2)
        except (OSError, AttributeError):
            pass
        self.connection.close()


def wait(holds, seconds=25):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.2)
    return holds()


def opened(hub, v, admin, stranger, person):
    cases = {
        'nobody': ({}, 401), 'a wrong token': ({'authorization': 'Bearer mh_x'}, 401), 'a wrong cookie': ({'cookie': person.cookie + 'x'}, 401),
        'another site with the cookie': ({'cookie': person.cookie, 'sec-fetch-site': 'cross-site', 'origin': 'https://evil.example'}, 403),
        'a position that is none': ({'authorization': f'Bearer {admin}', 'last-event-id': "1' OR 1=1"}, 400),
        'a negative position': ({'authorization': f'Bearer {admin}', 'last-event-id': '-1'}, 400),
        'a position beyond numbers': ({'authorization': f'Bearer {admin}', 'last-event-id': '9' * 40}, 400),
    }
    for what, (headers, status) in cases.items():
        stream = Stream(hub, headers)
        v.same(stream.status, status, f'the stream opened by {what}')
        stream.close()
    foreign = Stream(hub, {'authorization': f'Bearer {stranger}'}, '/t/demo' + PATH)
    v.same(foreign.status, 404, "another tenant's stream")
    app = App(hub, admin)
    token = app.tokens(person, patient_of(person))['access_token']
    v.same(Stream(hub, {'authorization': f'Bearer {token}'}).status, 403, "an app's token")


def told(hub, v, admin, users, surgeon):
    """A portal account hears of its own record, another tenant of nothing, whoever may read of both."""
    portal = Browser(hub)
    portal.login(users['patient'])
    own = hub.ask('GET', '/fhir/Patient?_count=2', headers={'cookie': portal.cookie, 'x-forwarded-for': hub.address()}).json()
    mine = own['entry'][0]['resource']['id']
    other = next(i for i in (patient_of(surgeon),) if i != mine)
    stranger = Stream(hub, {'authorization': f'Bearer {hub.token("intrus", "autre")}'})
    streams = {'portal': Stream(hub, {'cookie': portal.cookie}), 'admin': Stream(hub, {'authorization': f'Bearer {admin}'}), 'stranger': stranger}
    v.check(all(s.status == 200 for s in streams.values()), 'three streams are open', [s.status for s in streams.values()])
    time.sleep(1)
    for patient in (other, mine):
        hub.ask('POST', '/fhir/Appointment', {'resourceType': 'Appointment', 'status': 'booked', 'start': '2027-01-04T09:00:00Z', 'end': '2027-01-04T09:15:00Z',
                'participant': [{'actor': {'reference': f'Patient/{patient}'}, 'status': 'accepted'}]}, {'authorization': f'Bearer {admin}'})
    heard = wait(lambda: {e['patient'] for e in streams['admin'].changes()} >= {other, mine})
    v.check(heard, 'who may read both hears of both', streams['admin'].changes())
    wait(lambda: streams['portal'].changes(), 5)
    about = {e['patient'] for e in streams['portal'].changes()}
    v.check(about <= {mine} and about, 'a patient hears of his own record alone', about)
    v.check(not streams['stranger'].changes(), 'another tenant hears nothing', streams['stranger'].changes())
    back = Stream(hub, {'cookie': portal.cookie}, PATH + '?since=0')
    wait(lambda: back.changes() or 'event: reset' in back.lines, 5)
    v.check({e['patient'] for e in back.changes()} <= {mine}, '… nor does one who asks from the beginning', len(back.changes()))
    for stream in [*streams.values(), back]:
        stream.close()


def attack(hub, v):
    users, admin, stranger = hub.users(), hub.token('admin'), hub.token('intrus', 'autre')
    surgeon = Browser(hub)
    surgeon.login(users['surgeon'])
    opened(hub, v, admin, stranger, surgeon)
    told(hub, v, admin, users, surgeon)
    many = [Stream(hub, {'cookie': surgeon.cookie}) for _ in range(30)]
    statuses = [s.status for s in many]
    v.check(statuses.count(200) <= 8 and 429 in statuses, 'thirty streams of one account', statuses)
    nurse = Browser(hub)
    nurse.login(users['nurse'])
    hers = Stream(hub, {'cookie': nurse.cookie})
    v.same(hers.status, 200, '… leave room for another account')
    surgeon.ask('POST', '/api/v1/auth/logout')
    ended = [s for s in many if s.status == 200]
    v.check(wait(lambda: all(s.over.is_set() for s in ended), 40) and all('event: end' in s.lines for s in ended), 'signing out ends them', [s.over.is_set() for s in ended])
    v.check(not hers.over.is_set(), "… and not another's")
    for stream in [*many, hers]:
        stream.close()
    again = Browser(hub)
    again.login(users['surgeon'])
    v.check(wait(lambda: Stream(hub, {'cookie': again.cookie}).status == 200, 40), 'places come back')
