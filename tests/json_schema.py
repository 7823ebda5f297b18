#!/usr/bin/env python3
"""Validate the JSON that winwhy prints against its published schema.

usage: json_schema.py WINWHY SCHEMA

Needs python3-jsonschema 4.0 or later, for draft 2020-12.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator

KNOWN, UNKNOWN = 0, 1

STOP = ('0x0000007E (0xC0000005, 0xFFFFF8016A2B1C30, 0xFFFFA58A1F5F6A98, '
        '0xFFFFA58A1F5F62D0)')
LOG_LINE = ('2024-05-01 10:00:00 WARNING: SyncUpdates failure, '
            'error = 0x80244007, SOAP client error 7, gle=0x80070005')
TEXT = 'Install failed with HRESULT -2147024894; then 0x800F0922 followed.\n'

# Arguments, whether something is known of them.
QUERIES = [
    # HRESULT
    (['0x80244007'], KNOWN),
    (['-2145107961'], KNOWN),
    (['2149859335'], KNOWN),
    (['80072F8F'], KNOWN),
    (['--in', 'wu', '0x80072F8F'], KNOWN),
    (['0x80070002'], KNOWN),
    (['0xFFFFFFFF80070005'], KNOWN),
    (['HRESULT_FROM_WIN32(14098)'], KNOWN),
    (['0x800F0922'], KNOWN),
    (['0x80190194'], KNOWN),
    (['0x00040010'], KNOWN),
    # NTSTATUS, alone and inside an HRESULT
    (['0xC0000005'], KNOWN),
    (['0xC0000022'], KNOWN),
    (['0xD0000022'], KNOWN),
    # Win32
    (['5'], KNOWN),
    (['0'], KNOWN),
    (['--as', 'win32', '0x7E'], KNOWN),
    (['--as', 'msi', '1603'], KNOWN),
    (['--in', 'setup', '1603'], KNOWN),
    # lines of logs, without a code and with one
    (['WS error: <ErrorCode>InvalidParameters</ErrorCode><Message>'
      'parameters.InstalledNonLeafUpdateIDs</Message>'
      '<ID>81418b4e-82c1-48d0-9504-da01db6148ae</ID>'], KNOWN),
    (['Failed administrator access check. '
      '[HRESULT = 0x80070005 - E_ACCESSDENIED]'], KNOWN),
    (['Repr: Not able to find replacement file for component amd64_prncacla'
      '.inf_31bf3856ad364e35_6.2.9200.16384_none_fd9c01be8b864efc, file '
      'Amd64\\CNBJ2530.DPB from any local source'], KNOWN),
    # stop codes
    (['0x7E'], KNOWN),
    ([STOP], KNOWN),
    (['BugCheck 9F, {3, ffffe0018dce9060, fffff801c3a3a7b0, 1}'], KNOWN),
    (['0x1000007E'], KNOWN),
    (['*** STOP: 0x000000D1 (0x0, 0x2, 0x8, 0x0)'], KNOWN),
    # JET, events, one interface
    (['-1811'], KNOWN),
    (['--as', 'api', '1'], KNOWN),
    # setup pairs
    (['0xC1900101-0x20017'], KNOWN),
    (['0xC1900101 - 0x30018'], KNOWN),
    (['--as', 'setup-phase', '2'], KNOWN),
    # events of Windows
    (['Event ID 4625'], KNOWN),
    (['WindowsUpdateClient 31'], KNOWN),
    (['--lang', 'fr', 'event 1001'], KNOWN),
    # names
    (['WU_E_PT_SOAPCLIENT_SOAPFAULT'], KNOWN),
    (['error_access_denied'], KNOWN),
    (['E_FAIL'], KNOWN),
    (['WU_E_PT_SOAP'], KNOWN),
    # several, text, another language
    (['0x80244007', 'nonsense', '0xC0000005'], KNOWN),
    ([LOG_LINE], KNOWN),
    (['--lang', 'fr', '0x80244007'], KNOWN),
    (['--full', '--brief', '0x80244007'], KNOWN),
    # nothing known
    (['--as', 'jet', '5'], UNKNOWN),
    (['0x80244O07'], UNKNOWN),
    (['0x87654321'], UNKNOWN),
    (['hello, world'], UNKNOWN),
    (['"\\\t\x01\x7f\u00e9\u20ac'], UNKNOWN),
    ([''], UNKNOWN),
    # search
    (['search', 'component', 'store', 'corrupt'], KNOWN),
    (['search', 'soap fault'], KNOWN),
    (['search', 'dsik fulll'], KNOWN),
    (['search', '--lang', 'fr', 'certificat'], KNOWN),
    (['search', 'qqqqzzzzqqqq'], UNKNOWN),
    # what there is to browse
    (['list'], KNOWN),
    (['list', '--lang', 'fr', 'symptom/update-search'], KNOWN),
    (['list', 'family/wu'], KNOWN),
    (['list', 'events'], KNOWN),
    (['list', 'about'], KNOWN),
    (['list', 'topic/wu-soap-fault'], KNOWN),
    (['list', 'log/cbs'], KNOWN),
]


class Tally:
    def __init__(self):
        self.passed = self.failed = 0

    def say(self, name, problems):
        if problems:
            self.failed += 1
        else:
            self.passed += 1
        print('not ok' if problems else 'ok', '-', name)
        for problem in problems:
            print('  #', problem)


def unique_members(pairs):
    """An object with a member twice is no JSON to rely on."""
    keys = [key for key, _ in pairs]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError('stands twice in one object: ' + ', '.join(twice))
    return dict(pairs)


def parse(data):
    # Strict: UTF-8 only, and no NaN or Infinity.
    return json.loads(data.decode('utf-8'), object_pairs_hook=unique_members,
                      parse_constant=lambda word: json.loads(''))


def run(winwhy, form, args, stdin=b''):
    env = dict(os.environ, LC_ALL='C')
    return subprocess.run([winwhy, '--format', form] + args, input=stdin,
                          env=env, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60, check=False)


def errors_of(validator, value):
    return ['%s: %s' % ('/'.join(map(str, e.absolute_path)) or '(top)',
                        e.message[:300])
            for e in validator.iter_errors(value)]


def cross_references(reading):
    """What the schema cannot say: references within a reading hold."""
    problems = []
    sources = {source['id'] for source in reading['sources']}
    steps = {step['id'] for step in reading.get('steps', [])}
    causes = reading.get('causes', [])
    if reading['unsigned'] != int(reading['value'], 16):
        problems.append('value and unsigned differ')
    if reading['signed'] % (1 << 32) != reading['unsigned']:
        problems.append('signed and unsigned differ')
    for member in ('raised', 'rules_out', 'causes', 'steps', 'folklore',
                   'faq'):
        for item in reading.get(member, []):
            for source in item['sources']:
                if source not in sources:
                    problems.append('%s cites %s' % (member, source))
    for cause in causes:
        for step in cause['steps']:
            if step not in steps:
                problems.append('%s needs step %s' % (cause['id'], step))
    settle = reading.get('settle', {'columns': [], 'branches': []})
    for branch in settle['branches']:
        if len(branch['cells']) != len(settle['columns']):
            problems.append('a branch is not as wide as the headings')
        if branch.get('cause', 0) > len(causes):
            problems.append('a branch names no cause')
    return problems


class Checker:
    def __init__(self, winwhy, schema, tally):
        self.winwhy = winwhy
        self.tally = tally
        self.envelope = Draft202012Validator(schema)
        self.lines = {
            kind: Draft202012Validator({'$schema': schema['$schema'],
                                        '$defs': schema['$defs'],
                                        '$ref': '#/$defs/' + name})
            for kind, name in (('explain', 'answer'), ('search', 'result'),
                               ('diagnose', 'diagnose'),
                               ('list', 'list'),
                               ('codes', 'code_seen'),
                               ('timeline', 'entry'),
                               ('annotate', 'annotation'))
        }

    def query(self, args, status, stdin=b''):
        name = ' '.join(ascii(arg)[1:-1] for arg in args)
        items = self.check_json('json  ' + name, args, status, stdin)
        self.check_jsonl('jsonl ' + name, args, status, stdin, items)

    def check_json(self, name, args, status, stdin):
        done = run(self.winwhy, 'json', args, stdin)
        problems, items = [], None
        if done.returncode != status:
            problems.append('exit status %d' % done.returncode)
        try:
            got = parse(done.stdout)
            problems += errors_of(self.envelope, got)
            if not problems:
                items = (got['kind'], [got] if got['kind'] in ('diagnose', 'probe', 'list') else
                         next(got[member] for member in
                              ('answers', 'results', 'codes', 'records')
                              if member in got))
                for answer in got.get('answers', []):
                    for reading in answer.get('readings', []):
                        problems += cross_references(reading)
        except ValueError as error:
            problems.append(str(error))
        self.tally.say(name, problems)
        return items

    def check_jsonl(self, name, args, status, stdin, items):
        done = run(self.winwhy, 'jsonl', args, stdin)
        kind = items[0] if items else 'explain'
        problems, got = [], []
        if done.returncode != status:
            problems.append('exit status %d' % done.returncode)
        if done.stdout and not done.stdout.endswith(b'\n'):
            problems.append('the last line has no end')
        try:
            for line in done.stdout.split(b'\n')[:-1]:
                got.append(parse(line))
                problems += errors_of(self.lines[kind], got[-1])
        except ValueError as error:
            problems.append(str(error))
        if items is not None and items != (kind, got):
            problems.append('differs from the json format')
        self.tally.say(name, problems)

    def annotation(self, text):
        """The member that annotate adds to an object of NDJSON."""
        line = json.dumps({'message': text}).encode() + b'\n'
        done = run(self.winwhy, 'ndjson', ['annotate'], line)
        problems = []
        try:
            got = parse(done.stdout)
            problems += errors_of(self.lines['annotate'], got['winwhy'])
            if got['message'] != text:
                problems.append('the message has changed')
        except (ValueError, LookupError) as error:
            problems.append(repr(error))
        self.tally.say('annotation ' + text[:40].strip(), problems)

    def facts(self, args, path, expected):
        """Compare some members of the object that a path leads to."""
        problems = []
        try:
            at = parse(run(self.winwhy, 'json', args).stdout)
            for part in path:
                at = at[part]
            for key, value in expected.items():
                if at.get(key) != value:
                    problems.append('%s is %r, not %r' %
                                    (key, at.get(key), value))
        except (ValueError, LookupError, TypeError) as error:
            problems.append(repr(error))
        self.tally.say('facts %s %s' % (' '.join(args),
                                        ' '.join(expected)), problems)

    def all_facts(self):
        first = ['answers', 0, 'readings', 0]
        self.facts(['list'], ['symptoms', 0], {'id': 'update-search'})
        self.facts(['list', 'symptom/printer'], ['topics', 0],
                   {'id': 'print-driver-refused'})
        self.facts(['list', 'family/robocopy'], ['members', 1],
                   {'space': 'api', 'value': '0x00000001'})
        for spelling in ('0x80244007', '-2145107961', '2149859335',
                         'WU_E_PT_SOAPCLIENT_SOAPFAULT'):
            self.facts([spelling], first, {
                'space': 'hresult', 'value': '0x80244007',
                'signed': -2145107961, 'unsigned': 2149859335,
                'code': 0x4007})
        self.facts(['0x80244007'], first + ['facility'], {'number': 36})
        self.facts(['0x80244007'], first + ['names', 0],
                   {'id': 'WU_E_PT_SOAPCLIENT_SOAPFAULT',
                    'origin': 'wuerror.h'})
        self.facts(['0x80244007'], first + ['topic'],
                   {'id': 'wu-soap-fault', 'kind': 'carrier'})
        self.facts(['0x80070005'], first + ['carries'],
                   {'space': 'win32', 'number': 5})
        self.facts(['0xD0000022'], first + ['carries'],
                   {'space': 'ntstatus', 'value': '0xC0000022'})
        self.facts(['0xC1900101-0x20017'], first + ['pair'],
                   {'value': '0x00020017'})
        self.facts([STOP], first, {
            'space': 'bugcheck',
            'parameters': ['0xC0000005', '0xFFFFF8016A2B1C30',
                           '0xFFFFA58A1F5F6A98', '0xFFFFA58A1F5F62D0']})
        self.facts(['-1811'], first, {'space': 'jet', 'signed': -1811,
                                      'value': '0xFFFFF8ED'})
        self.facts(['0x80244O07'], ['answers', 0],
                   {'query': '0x80244O07', 'suggestions': ['0x80244007']})
        self.facts(['--lang', 'fr', '5'], [], {'lang': 'fr'})
        self.facts(['search', 'soap'], [], {'kind': 'search',
                                            'lang': 'en'})


def many_codes():
    """More codes than one report answers."""
    return ''.join('error 0x%08X\n' % (0x80240001 + i)
                   for i in range(48)).encode()


def main():
    if len(sys.argv) != 3:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    with open(sys.argv[2], encoding='utf-8') as file:
        schema = json.load(file)
    Draft202012Validator.check_schema(schema)
    tally = Tally()
    checker = Checker(sys.argv[1], schema, tally)
    for args, status in QUERIES:
        checker.query(args, status)
    checker.query(['-'], KNOWN, TEXT.encode())
    checker.query(['-'], KNOWN, b'\xff\xfe' + TEXT.encode('utf-16-le'))
    checker.query(['-'], KNOWN, b'\xff\x80 error 0x80070005 \xc3(\x00')
    checker.query(['-'], KNOWN, many_codes())
    checker.query(['-'], UNKNOWN, b'')
    with tempfile.NamedTemporaryFile(suffix='.log') as file:
        file.write(TEXT.encode())
        file.flush()
        checker.query([file.name], KNOWN)
        checker.query(['codes', file.name], KNOWN)
    for text in (LOG_LINE, TEXT, many_codes().decode()):
        checker.annotation(text)
    top = pathlib.Path(__file__).parent.parent
    example = top / 'examples/pc-0412.zip'
    # Lines are quoted of the one, records of the other.
    trace = top / 'tests/cases/trace-over-two-files'
    for logs in (example, trace):
        for args in (['diagnose'], ['codes'], ['--lang', 'fr', 'diagnose'],
                     ['timeline', '--level', 'warning']):
            checker.query(args + [str(logs)], KNOWN)
    # Nobody listens on that port; the prober may have been left out.
    if (pathlib.Path(sys.argv[1]).parent / 'winwhy-wsus').exists():
        checker.check_json('json  wsus', ['wsus', '--no-proxy',
                                          'http://127.0.0.1:9'], KNOWN, b'')
    checker.query(['timeline', '--text', 'qqqqzzzz', str(example)], UNKNOWN)
    checker.all_facts()
    print('%d passed, %d failed' % (tally.passed, tally.failed))
    return 1 if tally.failed else 0


if __name__ == '__main__':
    sys.exit(main())
