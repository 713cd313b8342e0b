"""Judges what ffuf found: `paths.py RESULTS WORDS URL CALLER`. An answer of 200 is the app's own page, or a place that is
meant to be open to this caller; a redirect stays here; nothing is an error of ours."""

import json
import re
import sys
import urllib.request

OPEN = re.compile(r'''
    (t/demo/)?\.well-known/(openid-configuration|smart-configuration|oauth-authorization-server|smart-style\.json)
  | (t/(demo|nulle-part|autre)/)?fhir/(metadata|\.well-known/smart-configuration) | (t/demo/)?auth/jwks | livez | readyz | health/?
  | (t/demo/)?scim/v2/(ServiceProviderConfig|Schemas|ResourceTypes)
  | api/v1/(openapi\.json|version|auth/methods|demo/accounts|demo/mails) | manifest\.webmanifest | sw\.js | robots\.txt | favicon\.(ico|svg) | index\.html
''', re.X)
# What a surgeon may read besides.
OWN = re.compile(r'''
    (t/demo/)?api/v1/(me/?|providers|account/\w+) | (t/demo/)?fhir/?(Patient(/|%2f)?(\?_count=1)?|_history|Patient/_history)?
''', re.X)


def main(results, words, url, caller):
    found = json.load(open(results))['results']
    tried = [line for line in open(words).read().splitlines() if line]
    page = urllib.request.urlopen(url + '/').read()
    bad, statuses = [], {}
    for one in found:
        word, status, length = one['input']['FUZZ'], one['status'], one['length']
        statuses[status] = statuses.get(status, 0) + 1
        allowed = OPEN.fullmatch(word) or caller == 'surgeon' and OWN.fullmatch(word)
        if status >= 500:
            bad.append(f'{status} {word}')
        elif status in (301, 302, 303, 307, 308) and not one.get('redirectlocation', '').startswith(('/', url)):
            bad.append(f'{status} {word} -> {one.get("redirectlocation")}')
        elif 200 <= status < 300 and not allowed and length != len(page):
            bad.append(f'{status} {word} ({length} bytes, which is not the app)')
        elif 200 <= status < 300 and re.match(r'(t/[^/]*/)?(api|fhir|scim)(/|$)', word) and not allowed:
            bad.append(f'{status} {word} (an interface that answers)')
    if len(found) < 0.97 * len(tried):
        bad.append(f'only {len(found)} of {len(tried)} words were answered')
    print(f'ffuf as {caller}: {len(found)} of {len(tried)} paths answered: ' + ', '.join(f'{n} × {status}' for status, n in sorted(statuses.items())))
    for line in bad:
        print('  finding:', line)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:5]))
