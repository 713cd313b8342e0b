"""Ten thousand sign-ins a minute while a nurse signs in: she gets in, and how long that takes."""

import http.client
import json
import statistics
import threading
import time

from .hub import Browser

RATE, SECONDS, WORKERS = 10_000 / 60, 60, 8


class Flood:
    """So many guesses a second, from one address or from many."""

    def __init__(self, hub, user, many=False, seconds=SECONDS):
        self.hub, self.user, self.many, self.seconds = hub, user, many, seconds
        self.seen, self.lock, self.begin = {}, threading.Lock(), time.monotonic()
        self.threads = [threading.Thread(target=self.work, args=(n,), daemon=True) for n in range(WORKERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self.threads:
            thread.join()

    def work(self, worker):
        connection = http.client.HTTPConnection('127.0.0.1', self.hub.port, timeout=60)
        number = worker
        while number < RATE * self.seconds:
            wait = self.begin + number / RATE - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            # Half of the guesses are for the nurse herself.
            name = self.user if number % 2 == 0 else f'devine{number}'
            address = f'100.{80 + number // 65_025}.{number // 255 % 255}.{number % 255}' if self.many else '198.51.100.7'
            headers = {'x-forwarded-for': address, 'x-medhub': '1', 'content-type': 'application/json'}
            try:
                connection.request('POST', '/api/v1/auth/login', json.dumps({'user': name, 'password': f'faux{number}'}), headers)
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException):
                connection.close()
                status = 'broken'
            with self.lock:
                self.seen[status] = self.seen.get(status, 0) + 1
            number += WORKERS


def times(browser, user, until, every=1.0):
    """Signs in again and again; seconds each took, and what was answered instead of 200."""
    took, refused = [], []
    while time.monotonic() < until:
        begin = time.monotonic()
        reply = browser.login(user)
        took.append(time.monotonic() - begin)
        if reply.status != 200:
            refused.append(reply.status)
        time.sleep(max(0.0, every - took[-1]))
    return took, refused


def told(what, took):
    ms = sorted(t * 1000 for t in took)
    return f'{what}: {len(ms)} sign-ins, median {statistics.median(ms):.0f} ms, slowest {ms[-1]:.0f} ms'


def attack(hub, v):
    user = hub.users()['nurse']
    nurse = Browser(hub, address='203.0.113.10')
    nurse.login(user)
    calm, refused = times(nurse, user, time.monotonic() + 15)
    v.check(not refused, 'the nurse signs in on a quiet day', refused)
    v.say(told('quiet', calm))
    for what, many, browser in (
        ('one address, the nurse at another', False, nurse),
        ('one address, the nurse at that very one, in her browser', False, Browser(hub, address='198.51.100.7', device=nurse.device)),
        ('ten thousand addresses', True, nurse),
    ):
        with Flood(hub, user, many) as flood:
            took, refused = times(browser, user, flood.begin + SECONDS)
        total = sum(flood.seen.values())
        v.check(total >= 0.95 * RATE * SECONDS and set(flood.seen) <= {401, 429}, f'{total} guesses in a minute from {what}', flood.seen)
        v.check(not refused and took, '… the nurse signs in every time', refused)
        v.say(told('flooded', took) + '; guesses: ' + ', '.join(f'{n} × {status}' for status, n in sorted(flood.seen.items(), key=str)))
        looked = flood.seen.get(401, 0)
        if not many:
            v.check(looked <= 30 + SECONDS, '… and hardly a guess was looked at', looked)
    new = Browser(hub, address='203.0.113.77')
    with Flood(hub, user, True, seconds=20) as flood:
        took, refused = times(new, user, flood.begin + 20)
    v.say(told('a browser that nobody knows, under 10,000 addresses', took) + f'; refused: {len(refused)}')
