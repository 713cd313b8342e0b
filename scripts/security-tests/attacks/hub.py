"""A running program under attack, and a browser or a program that attacks it. The standard library alone."""

import http.client
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
from pathlib import Path

PASSWORD = 'Clinique-exemple-2026'
FAKETIME = [Path(f'/usr/lib/{arch}-linux-gnu/faketime/libfaketimeMT.so.1') for arch in ('x86_64', 'aarch64')]


class Reply:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), '')

    def cookie(self):
        """The session that the answer sets, as a browser sends it back."""
        return next((v.split(';')[0] for k, v in self.headers if k.lower() == 'set-cookie'), '')

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return {}

    def text(self):
        return self.body.decode('utf-8', 'replace')


class Hub:
    """The sample clinic and an empty second tenant, behind a trusted proxy: an attacker has the address that
    `X-Forwarded-For` says."""

    def __init__(self, binary, clock=False, **settings):
        self.binary, self.folder = str(Path(binary).resolve()), tempfile.TemporaryDirectory(prefix='medhub-attack-')
        self.root = Path(self.folder.name)
        self.data, self.log, self.clock = str(self.root / 'clinic'), self.root / 'log', self.root / 'clock'
        with socket.create_server(('127.0.0.1', 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f'http://127.0.0.1:{self.port}'
        self.env = {**os.environ, 'MEDHUB_TRUSTED_PROXIES': '127.0.0.1', 'MEDHUB_PUBLIC_URL': self.url, **settings}
        self.faked = next((str(p) for p in FAKETIME if p.exists()), None) if clock else None
        self.server, self.serial = None, 0
        self.run('tenant', 'create', 'autre')
        self.run('user', 'create', '--tenant', 'autre', 'intrus', '--role', 'clinician')
        self.start()

    def run(self, *words):
        done = subprocess.run([self.binary, *words, '--data', self.data], env=self.env, cwd=self.root,
                              capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise RuntimeError(f'medhub {" ".join(words)}: {done.stderr}')
        return done.stdout

    def start(self):
        env = dict(self.env)
        if self.faked:
            self.shift(0)
            env.update(LD_PRELOAD=self.faked, FAKETIME_TIMESTAMP_FILE=str(self.clock), FAKETIME_NO_CACHE='1',
                       FAKETIME_DONT_FAKE_MONOTONIC='1')
        command = [self.binary, 'serve', '--demo', '--data', self.data, '--listen', f'127.0.0.1:{self.port}']
        self.server = subprocess.Popen(command, env=env, cwd=self.root, stdout=subprocess.DEVNULL, stderr=open(self.log, 'ab'))
        for _ in range(900):
            if self.server.poll() is not None:
                raise RuntimeError('the server stopped: ' + self.log.read_text()[-2000:])
            try:
                if self.ask('GET', '/readyz').status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise RuntimeError('no answer after three minutes')

    def shift(self, seconds):
        """Sets the program's clock so many seconds off, while it runs."""
        new = self.clock.with_suffix('.new')
        new.write_text(f'{seconds:+d}')
        new.rename(self.clock)

    def stop(self):
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            try:
                self.server.wait(40)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        self.server = None

    def close(self):
        self.stop()
        self.folder.cleanup()

    def token(self, user, tenant='demo', hours=1):
        return self.run('token', '--tenant', tenant, '--user', user, '--hours', str(hours)).strip().splitlines()[-1]

    def users(self):
        """A sample account of each role."""
        found = {}
        for account in self.ask('GET', '/api/v1/demo/accounts').json()['accounts']:
            for role in account['roles']:
                found.setdefault(role, account['user'])
        return found

    def address(self):
        """An address that nobody used before."""
        self.serial += 1
        return f'100.64.{self.serial // 250}.{self.serial % 250 + 1}'

    def ask(self, method, path, body=None, headers=None, connection=None):
        """One request, its path and headers sent as they stand. A body that is no text goes as JSON."""
        headers, own = list((headers or {}).items()) if isinstance(headers, dict) or headers is None else list(headers), connection is None
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            headers.append(('content-type', 'application/json'))
        if isinstance(body, str):
            body = body.encode()
        connection = connection or http.client.HTTPConnection('127.0.0.1', self.port, timeout=60)
        names = {name.lower() for name, _ in headers}
        connection.putrequest(method, path, skip_host='host' in names, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body is not None or method in ('POST', 'PUT', 'PATCH'):
            if 'content-length' not in names:
                connection.putheader('content-length', str(len(body or b'')))
        connection.endheaders(body)
        answer = connection.getresponse()
        reply = Reply(answer.status, answer.getheaders(), answer.read())
        if own:
            connection.close()
        return reply

    def raw(self, request, wait=5.0):
        """Bytes as they are; all that comes back until the other side closes."""
        with socket.create_connection(('127.0.0.1', self.port), timeout=wait) as line:
            line.sendall(request)
            parts = []
            try:
                while part := line.recv(65536):
                    parts.append(part)
            except (TimeoutError, ConnectionResetError):
                pass
        return b''.join(parts)

    def form(self, path, headers=None, **fields):
        """A form, as OAuth wants it."""
        sent = {'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': self.address(), **(headers or {})}
        return self.ask('POST', path, urllib.parse.urlencode(fields), sent)


class Browser:
    """Our own page in a browser of its own, at an address of its own."""

    def __init__(self, hub, address=None, cookie='', device=''):
        self.hub, self.address, self.cookie, self.device = hub, address or hub.address(), cookie, device

    def ask(self, method, path, body=None, **more):
        headers = {'x-forwarded-for': self.address, 'x-medhub': '1', 'sec-fetch-site': 'same-origin'}
        if self.cookie:
            headers['cookie'] = self.cookie
        if self.device:
            headers['x-medhub-device'] = self.device
        headers.update({name.replace('_', '-'): value for name, value in more.items() if value is not None})
        for name in [name.replace('_', '-') for name, value in more.items() if value is None]:
            headers.pop(name, None)
        reply = self.hub.ask(method, path, body, headers)
        if set_now := reply.cookie():
            self.cookie = set_now if not set_now.endswith('=') else ''
        return reply

    def login(self, user, password=PASSWORD, **more):
        reply = self.ask('POST', '/api/v1/auth/login', {'user': user, 'password': password}, **more)
        self.device = reply.json().get('device', self.device) if reply.status == 200 else self.device
        return reply

    def me(self):
        return self.ask('GET', '/api/v1/me').status


class Verdicts:
    """What was tried, and what came of it."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, what, told=''):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
        print(f'{"pass" if holds else "FAIL"}  {what}{f"  [{told}]" if told != "" and not holds else ""}', flush=True)
        return holds

    def same(self, found, expected, what):
        wanted = expected if isinstance(expected, (set, tuple, list)) else {expected}
        return self.check(found in wanted, what, f'{found}, expected {expected}')

    def known(self, holds, what):
        """A weakness that docs/security/scans.md names and weighs: told, and no failure."""
        print(f'{"pass" if holds else "known"}  {what}', flush=True)
        self.passed += holds

    def say(self, text):
        print(f'      {text}', flush=True)
