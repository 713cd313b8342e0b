"""Signed JSON, well made and badly. Keys and signatures are openssl's."""

import base64
import hashlib
import hmac
import json
import re
import subprocess
from pathlib import Path


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def part(value):
    return b64(json.dumps(value).encode())


def openssl(*words, data=None):
    return subprocess.run(['openssl', *words], input=data, capture_output=True, check=True, timeout=60).stdout


class Key:
    """An RSA key of 2,048 bits."""

    def __init__(self, folder, name):
        self.file, self.kid = Path(folder) / f'{name}.pem', name
        openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', str(self.file))
        self.public = openssl('pkey', '-in', str(self.file), '-pubout')
        text = openssl('rsa', '-in', str(self.file), '-noout', '-modulus').decode()
        modulus = bytes.fromhex(re.search(r'Modulus=([0-9A-F]+)', text).group(1))
        self.jwk = {'kty': 'RSA', 'kid': name, 'use': 'sig', 'alg': 'RS384', 'n': b64(modulus), 'e': 'AQAB'}

    def sign(self, claims, header=None):
        head = {'alg': 'RS384', 'typ': 'JWT', 'kid': self.kid, **(header or {})}
        text = f'{part(head)}.{part(claims)}'
        return f'{text}.{b64(openssl("dgst", "-sha384", "-sign", str(self.file), data=text.encode()))}'

    def confused(self, claims):
        """The public key taken for a shared secret (CVE-2015-9235 and its kin)."""
        text = f'{part({"alg": "HS384", "typ": "JWT", "kid": self.kid})}.{part(claims)}'
        return f'{text}.{b64(hmac.new(self.public, text.encode(), hashlib.sha384).digest())}'


def unsigned(claims, alg='none', signature=''):
    return f'{part({"alg": alg, "typ": "JWT"})}.{part(claims)}.{signature}'


def claims_of(token):
    body = token.split('.')[1]
    return json.loads(base64.urlsafe_b64decode(body + '=' * (-len(body) % 4)))


def changed(token, **claims):
    """The same token with other claims under the old signature."""
    head, _, signature = token.split('.')
    return f'{head}.{part({**claims_of(token), **claims})}.{signature}'
