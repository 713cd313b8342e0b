"""Policy files that are gone. The program holds its policies compiled in: there is no file to delete, and a folder of
that name beside it changes nothing."""

from .hub import Browser


def decisions(hub, admin):
    """What some roles may do: the shape of the policies in force."""
    found = []
    for role, user in sorted(hub.users().items()):
        person = Browser(hub)
        person.login(user)
        for path in ('/fhir/Patient?_count=1', '/fhir/Observation?_count=1', '/fhir/AuditEvent?_count=1', '/api/v1/accounts', '/api/v1/watch/alerts'):
            found.append((role, path, person.ask('GET', path).status))
    return found


def attack(hub, v):
    admin = hub.token('admin')
    before = decisions(hub, admin)
    v.check({200, 403} <= {status for *_, status in before}, 'some may, some may not', before)
    # A folder of policies where somebody might expect one, with a rule that allows all, then gone.
    for place in (hub.root / 'policies', hub.root / 'clinic' / 'policies'):
        place.mkdir()
        (place / 'MANIFEST').write_text('everyone.cedar\n')
        (place / 'everyone.cedar').write_text('@id("all") permit(principal, action, resource);\n')
    v.check(decisions(hub, admin) == before, 'a planted folder of policies counts for nothing while it runs')
    hub.stop()
    hub.start()
    v.check(decisions(hub, admin) == before, '… nor at the start')
    for place in (hub.root / 'policies', hub.root / 'clinic' / 'policies'):
        for file in place.iterdir():
            file.unlink()
        place.rmdir()
    v.check(decisions(hub, admin) == before, '… nor does its end')
    root = hub.root / 'clinic' / 'root.key'
    kept = root.read_bytes()
    hub.stop()
    root.unlink()
    try:
        refused = start_refused(hub)
        v.check(refused and 'root.key' in refused, 'without its root key the program does not start, and says why', refused)
        v.check(not root.exists(), '… and makes no new key over the old data')
    finally:
        root.write_bytes(kept)
        root.chmod(0o600)
    hub.start()
    v.check(decisions(hub, admin) == before, 'with the key back all is as before')


def start_refused(hub):
    mark = hub.log.stat().st_size
    try:
        hub.start()
    except RuntimeError:
        return hub.log.read_text()[mark:]
    return ''
