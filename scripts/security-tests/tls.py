"""Judges testssl.sh's report: `tls.py REPORT`. Anything of severity LOW or more is a finding, but for what does
not apply to this set-up, named with its reason below."""

import json
import sys

NOT_HERE = {
    'cert_chain_of_trust': 'the certificate is of our own making',
    'cert_trust': 'the certificate names localhost',
    'cert_caa_record': 'localhost has no DNS record',
    'DNS_CAArecord': 'localhost has no DNS record',
    'cert_revocation': 'no authority issued it',
    'cert_crlDistributionPoints': 'no authority issued it',
    'cert_ocspURL': 'no authority issued it',
    'cert_expirationStatus': 'as long as its maker set',
    'cert_validityPeriod': 'as long as its maker set',
    'cert_extlifeSpan': 'as long as its maker set',
    'cert_notAfter': 'as long as its maker set',
    'OCSP_stapling': 'no authority issued it',
    'engine_problem': 'of the openssl that testssl.sh calls',
    # The page asked for is a file of the app without a secret; what holds one is answered to no other site's request
    # (SameSite=Strict, Sec-Fetch-Site), which the attack needs.
    'BREACH': 'the compressed page is public',
}


def main(report):
    try:
        found = json.load(open(report))
    except (OSError, ValueError) as error:
        print(f'testssl.sh left no report: {error}')
        return 1
    rows = found if isinstance(found, list) else found.get('scanResult', [])
    ids = {row['id'] for row in rows}
    bad = [row for row in rows if row['severity'] in ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'WARN', 'FATAL') and row['id'].split(' ')[0] not in NOT_HERE]
    for row in rows:
        if row['id'].startswith(('SSL', 'TLS', 'ALPN', 'FS', 'HSTS', 'cipher_', 'cipherorder')) and row['severity'] in ('OK', 'INFO'):
            print(f'  {row["id"]}: {row["finding"]}')
    for row in bad:
        print(f'  finding: {row["severity"]} {row["id"]}: {row["finding"]}')
    complete = {'TLS1_2', 'TLS1_3', 'HSTS_time', 'heartbleed'} <= ids or {'TLS1_3', 'HSTS'} & ids
    if not complete:
        print('  finding: the scan did not come to its end')
    return 1 if bad or not complete else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
