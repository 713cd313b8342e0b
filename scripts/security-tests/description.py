"""What schemathesis is told besides our own description: the members of bodies and queries (bodies.json), the FHIR
interface, an address of its own for each request, and two checks of ours.

The description names the verbs; it does not yet say what they read. Only what an attacker would try is added here:
the paths, the methods and what asks for a sign-in stay what the program says of itself.
"""

import itertools
import json
import os
import re
from pathlib import Path

import schemathesis

KNOWN = json.loads((Path(__file__).parent / 'bodies.json').read_text())
# Records of the sample clinic, by type: with ids that nobody has a scan gets no further than the door.
IDS = json.loads(os.environ.get('SCAN_IDS', '{}'))
OF_PATH = {'patients': 'Patient', 'notes': 'Composition', 'orders': 'ServiceRequest', 'results': 'DiagnosticReport', 'medical-professionals': 'Practitioner',
           'accounts': 'account', 'break-glass': 'Patient'}
OF_MEMBER = {'patient': 'Patient', 'account': 'account', 'for': 'account'}
COUNT = itertools.count(1)
# Words that stand in no answer: they tell how the program is made.
INSIDE = re.compile(r'panicked|\.rs:\d|rusqlite|SQLITE_|sqlite3?_|syntax error at|stack backtrace|thread \'|/root/|root\.key|argon2', re.I)


def schema_of(example):
    """Anything of that kind, the examples first."""
    if isinstance(example, list):
        kinds = {type(value) for value in example}
        loose = [{'type': 'string'}] if kinds == {str} else [{'type': 'integer'}] if kinds == {int} else []
        return {'anyOf': [{'enum': example}, *loose]}
    if isinstance(example, dict):
        return {'type': 'object', 'properties': {name: schema_of(value) for name, value in example.items()}}
    return {'type': 'string', 'maxLength': 300}


def member(name, example):
    return schema_of(IDS.get(OF_MEMBER.get(name)) or example)


def query(members):
    return [{'name': name, 'in': 'query', 'schema': member(name, value)} for name, value in members.items()]


def body(members, kind):
    return {'content': {kind: {'schema': {'type': 'object', 'properties': {n: member(n, v) for n, v in members.items()}}}}}


def fhir(paths, security):
    told = {'2XX': {'description': 'Done'}, '4XX': {'description': 'Refused'}, '401': {'description': 'Not signed in'}}
    kind = {'name': 'type', 'in': 'path', 'required': True, 'schema': {'enum': KNOWN['fhir']['types']}}
    real = [id_ for kind_ in KNOWN['fhir']['types'] for id_ in IDS.get(kind_, [])]
    loose = {'type': 'string', 'pattern': '^[A-Za-z0-9.-]{1,64}$'}
    id_ = {'name': 'id', 'in': 'path', 'required': True, 'schema': {'anyOf': [{'enum': real}, loose]} if real else loose}
    resource = {'content': {'application/fhir+json': {'schema': {'type': 'object', 'required': ['resourceType'], 'properties': {
        'resourceType': {'enum': KNOWN['fhir']['types']}, 'id': {'type': 'string'}, 'meta': {'type': 'object'}, 'status': {'type': 'string'},
        'name': {'type': 'array'}, 'subject': {'type': 'object'}, 'birthDate': {'type': 'string'}, 'identifier': {'type': 'array'}}}}}}
    entry = {'type': 'object', 'properties': {'fullUrl': {'type': 'string'}, 'resource': {'type': 'object'}, 'request': {'enum': [
        {'method': 'GET', 'url': 'Patient?name=x'}, {'method': 'PUT', 'url': 'Patient/x'}, {'method': 'DELETE', 'url': '../x'}, {'method': 'x', 'url': ''}]}}}
    bundle = {'content': {'application/fhir+json': {'schema': {'type': 'object', 'required': ['resourceType', 'type', 'entry'], 'properties': {
        'resourceType': {'const': 'Bundle'}, 'type': {'enum': ['batch', 'transaction', 'document']}, 'entry': {'type': 'array', 'items': entry}}}}}}
    verb = lambda parameters=(), **more: {'parameters': list(parameters), 'responses': told, 'security': security, **more}
    paths['/fhir'] = {'get': verb(query({'_count': [1], '_type': ['Patient', 'x']})), 'post': verb(requestBody=bundle)}
    paths['/fhir/{type}'] = {'get': verb([kind, *query(KNOWN['fhir']['query'])]), 'post': verb([kind], requestBody=resource),
                             'put': verb([kind, *query({'identifier': ['urn:x|1']})], requestBody=resource), 'delete': verb([kind, *query({'identifier': ['urn:x|1']})])}
    paths['/fhir/{type}/{id}'] = {'get': verb([kind, id_]), 'put': verb([kind, id_], requestBody=resource), 'delete': verb([kind, id_])}
    paths['/fhir/{type}/{id}/_history'] = {'get': verb([kind, id_, *query({'_count': [1], '_since': ['2026-01-01T00:00:00Z']})])}
    paths['/fhir/{type}/_search'] = {'post': verb([kind], requestBody=body(KNOWN['fhir']['query'], 'application/x-www-form-urlencoded'))}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for path, item in raw_schema['paths'].items():
        for method, operation in item.items():
            name = f'{method.upper()} {path}'
            known = IDS.get(OF_PATH.get(path.split('/')[3] if path.startswith('/api/v1/') else ''))
            first = next(iter(operation.get('parameters', [])), None)
            if known and first:
                first['schema'] = schema_of(known)
            if members := KNOWN['query'].get(name):
                operation['parameters'] = operation.get('parameters', []) + query(members)
            if members := KNOWN['form'].get(name):
                operation['requestBody'] = body(members, 'application/x-www-form-urlencoded')
            elif method in ('post', 'put', 'patch'):
                operation['requestBody'] = body(KNOWN['body'].get(name, {}), 'application/json')
    security = next(op['security'] for item in raw_schema['paths'].values() for op in item.values() if op.get('security'))
    fhir(raw_schema['paths'], security)


@schemathesis.hook
def before_call(context, case, kwargs):
    """Each request from an address of its own (the scan stands behind a trusted proxy), so that the limits of an address
    do not hide what lies behind them."""
    number = next(COUNT)
    case.headers['X-Forwarded-For'] = f'100.{64 + number // 65_025 % 64}.{number // 255 % 255}.{number % 255}'


@schemathesis.check
def tells_nothing(ctx, response, case):
    text = response.content.decode('utf-8', 'replace')
    found = INSIDE.search(text)
    assert not found, f'the answer tells of the inside: {found.group(0)!r}'


@schemathesis.check
def safe_headers(ctx, response, case):
    """Headers of every answer, and the form of a refusal."""
    values = {name.lower(): ', '.join(value) if isinstance(value, list) else value for name, value in response.headers.items()}
    assert values.get('x-content-type-options') == 'nosniff', 'X-Content-Type-Options'
    assert values.get('referrer-policy') == 'no-referrer', 'Referrer-Policy'
    assert "frame-ancestors 'none'" in values.get('content-security-policy', ''), 'Content-Security-Policy'
    assert re.fullmatch(r'[0-9a-f-]{36}', values.get('x-request-id', '')), 'X-Request-Id'
    assert 'server' not in values and 'x-powered-by' not in values, 'a header tells what the program is'
    path = case.operation.path
    private = 'private' in values.get('cache-control', '') or 'no-store' in values.get('cache-control', '') or 'no-cache' in values.get('cache-control', '')
    if path.startswith('/fhir/{') and response.status_code < 300 and response.content:
        assert private, 'a record may be kept by a shared cache'
    if response.status_code >= 400 and response.content:
        kind = values.get('content-type', '')
        wanted = ('application/fhir+json',) if path.startswith('/fhir') else ('application/problem+json', 'application/json', 'application/scim+json', 'text/html')
        assert kind.startswith(wanted), f'a refusal of type {kind!r}'
