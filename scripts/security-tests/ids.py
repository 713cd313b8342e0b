"""Ids of some records of the sample clinic, for a scan: `ids.py URL TOKEN` prints them by type."""

import json
import sys
import urllib.request

KINDS = ['Patient', 'Observation', 'Encounter', 'Practitioner', 'Consent', 'Task', 'Composition', 'ServiceRequest', 'DiagnosticReport']


def main(url, token):
    def get(path):
        request = urllib.request.Request(url + path, headers={'Authorization': f'Bearer {token}'})
        return json.load(urllib.request.urlopen(request, timeout=60))
    found = {kind: [entry['resource']['id'] for entry in get(f'/fhir/{kind}?_count=3').get('entry', [])][:3] for kind in KINDS}
    # Not the administrator's own: a scan that ends its own sessions sees nothing more.
    accounts = get('/api/v1/accounts')
    rows = accounts if isinstance(accounts, list) else accounts['accounts']
    found['account'] = [row['id'] for row in rows if 'medical_admin' not in row['roles'] and 'surgeon' not in row['roles']][:3]
    print(json.dumps({kind: ids for kind, ids in found.items() if ids}))


if __name__ == '__main__':
    main(*sys.argv[1:3])
