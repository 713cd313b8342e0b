"""Policy files that are deleted, wrong or planted: at the start and while the program runs. Then everything is denied, the
operator reads why in the log, and the caller learns nothing."""

import shutil
import time
from pathlib import Path

from .hub import Browser

OURS = Path(__file__).resolve().parents[3] / 'policies'
READS = ('/fhir/Patient?_count=1', '/fhir/Observation?_count=1', '/fhir/AuditEvent?_count=1', '/api/v1/accounts', '/api/v1/watch/alerts')
# What a refusal must not say: which file, which folder, which engine.
TELLS = ('cedar', 'MANIFEST', 'polic', 'folder', 'dossier des', 'nurse', 'not load')


def decisions(hub):
    """What some roles may do: the shape of the policies in force."""
    found = []
    for role, user in sorted(hub.users().items()):
        person = Browser(hub)
        person.login(user)
        found += [(role, path, person.ask('GET', path).status) for path in READS]
    return found


def until(holds, seconds=15):
    """Waits for what the program does within seconds by itself."""
    end = time.monotonic() + seconds
    while not (done := holds()) and time.monotonic() < end:
        time.sleep(0.3)
    return done


def denied(hub, person):
    replies = [person.ask('GET', path) for path in READS[:3]]
    return [reply for reply in replies if reply.status != 403 or any(word in reply.text() for word in TELLS)]


def planted(hub, v):
    """Without the setting: a folder of that name beside the program counts for nothing."""
    before = decisions(hub)
    v.check({200, 403} <= {status for *_, status in before}, 'some may, some may not', before)
    places = (hub.root / 'policies', hub.root / 'clinic' / 'policies')
    for place in places:
        place.mkdir()
        (place / 'MANIFEST').write_text('everyone.cedar\n')
        (place / 'everyone.cedar').write_text('@id("all") permit(principal, action, resource);\n')
    v.check(decisions(hub) == before, 'a planted folder of policies counts for nothing while it runs')
    hub.stop()
    hub.start()
    v.check(decisions(hub) == before, '… nor at the start')
    for place in places:
        shutil.rmtree(place)
    v.check(decisions(hub) == before, '… nor does its end')
    return before


def kept(hub, v, before):
    """With the setting: the operator's own folder."""
    folder = hub.root / 'kept'
    shutil.copytree(OURS, folder, ignore=shutil.ignore_patterns('proofs', 'tests'))
    hub.stop()
    hub.env['MEDHUB_POLICIES'] = str(folder)
    hub.start()
    v.check(decisions(hub) == before, 'a folder with the same policies decides the same')
    person = Browser(hub)
    person.login(hub.users()['surgeon'])
    nurse, manifest = folder / 'nurse.cedar', folder / 'MANIFEST'
    texts = {file: file.read_text() for file in (nurse, manifest, folder / 'invariants.cedar')}

    def broken(what, breaks, named):
        mark = len(hub.log.read_text())
        breaks()
        v.check(until(lambda: not denied(hub, person)), f'{what}: everything is denied, and no word why', [r.text() for r in denied(hub, person)][:1])
        v.check(until(lambda: named in hub.log.read_text()[mark:]), f'{what}: the log names {named}', hub.log.read_text()[mark:][-300:])
        v.same(person.ask('GET', '/api/v1/version').status, 200, f'{what}: the program itself goes on')
        for file, text in texts.items():
            file.write_text(text)
        v.check(until(lambda: person.ask('GET', READS[0]).status == 200), f'{what}: mended, and open again')

    broken('a file deleted while it runs', nurse.unlink, 'nurse.cedar')
    broken('the list of files deleted while it runs', manifest.unlink, 'MANIFEST')
    broken('a file with an error in it', lambda: nurse.write_text('permit('), 'nurse.cedar')
    broken('an invariant taken out', lambda: (folder / 'invariants.cedar').write_text(texts[folder / 'invariants.cedar'].split('@id("fresh-factor")')[0]), 'fresh-factor')
    broken('a name that leads out of the folder', lambda: manifest.write_text('../kept/nurse.cedar\n'), 'MANIFEST')
    v.check(decisions(hub) == before, 'after all that all is as before')
    hub.stop()
    nurse.unlink()
    mark = len(hub.log.read_text())
    hub.start()
    late = Browser(hub)
    late.login(hub.users()['surgeon'])
    v.check(not denied(hub, late), 'a file deleted before the start: everything is denied, and no word why')
    v.check('nurse.cedar' in hub.log.read_text()[mark:], '… and the log names it')
    nurse.write_text(texts[nurse])
    v.check(until(lambda: late.ask('GET', READS[0]).status == 200), '… put back, and open again')


def attack(hub, v):
    before = planted(hub, v)
    if 'policies' in hub.run('config'):
        kept(hub, v, before)
    root = hub.root / 'clinic' / 'root.key'
    key = root.read_bytes()
    hub.stop()
    root.unlink()
    try:
        refused = start_refused(hub)
        v.check('root.key' in refused, 'without its root key the program does not start, and says why', refused)
        v.check(not root.exists(), '… and makes no new key over the old data')
    finally:
        root.write_bytes(key)
        root.chmod(0o600)
    hub.start()
    v.check(decisions(hub) == before, 'with the key back all is as before')


def start_refused(hub):
    mark = hub.log.stat().st_size
    try:
        hub.start()
    except RuntimeError:
        return hub.log.read_text()[mark:]
    return ''
