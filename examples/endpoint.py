#!/usr/bin/env python3
"""Writes the logs of an endpoint that never was.

    examples/endpoint.py OUTPUT.zip      the bundled example, byte for byte

The story: a PC that scans its WSUS server every morning.  From one day on
each scan is refused with a SOAP fault, because the PC reports more installed
prerequisites than the server accepts; nothing is wrong with the PC itself,
and its component store was found whole.  The tests tell the same story with
other names, dates, encodings and endings: see Endpoint's arguments.
"""
import datetime as dt
import io
import random
import sys
import uuid
import zipfile

WSUS = "3DA21691-E39D-4DA6-8A4B-B43877BCB1B7"
SLS = "9482F4B4-E343-43B6-B170-9A65BC822C77"
SOAP = "http://www.microsoft.com/SoftwareDistribution/Server/ClientWebService/"

# Lines that a healthy agent writes all day; {n} and {g} are filled in.
NOISE = [
    ("Shared", "* START * Service startup"),
    ("Shared", "Power status changed"),
    ("Shared", "Effective power state: AC"),
    ("Shared", "IsNetworkMetered: No"),
    ("IdleTimer", "WU operation (CAgentUpdateManager::Init) started; "
     "operation # {n}; does use network; is not at background priority"),
    ("IdleTimer", "WU operation (CAgentUpdateManager::Init, operation # {n}) "
     "stopped; does use network; is not at background priority"),
    ("IdleTimer", "Idle timer disabled in preparation for service shutdown"),
    ("Agent", "Created Agent component, version 10.0.19041.4522"),
    ("Agent", "WARNING: Failed to obtain Authorization cookie holder, "
     "using defaults"),
    ("Agent", "Update {g}.200 is pruned out due to potential supersedence"),
    ("Agent", "Update {g}.101 is not installable: no applicable files"),
    ("Misc", "Got WSUS Client/Server URL: {url}"),
    ("Misc", "*FAILED* [8024000C] DynamicDownloadDataFetcher Refresh "
     "complete"),
    ("Misc", "*FAILED* [80070032] Method failed [AppxPackage::Initialize:232]"),
    ("Agent", "*FAILED* [800704C6] CheckNetworkCostForCostPolicy"),
    ("DownloadManager", "PurgeContentForPatchUpdates: no expired content"),
    ("DownloadManager", "Successfully stored update {g}.200 in the cache"),
    ("DownloadManager", "PERF: Download job {g} took {n} ms"),
    ("Handler", "Loaded state: cRequired: 0, cInstalled: {n}"),
    ("Handler", "CUHCbsHandler::CancelDownloadRequest called"),
    ("DataStore", "*FAILED* [80248007] Failed to get the update's metadata "
     "for update {g}.200"),
    ("DataStore", "Service {g} added without endpoint"),
    ("ProtocolTalker", "PTWarn: Anonymous plug-in skipped for WU"),
    ("ProtocolTalker", "OK to reuse existing configuration"),
    ("Driver", "Driver {g}.1 matched by hardware id, rank 00FF{n:04x}"),
    ("SLS", "Get response for service " + SLS +
     " - forceExpire[False] asyncRefreshOnExpiry[False]"),
    ("SLS", "path used for cache lookup: /SLS/{{" + SLS +
     "}}/x64/10.0.19045.4529/0?CH={n}&L=en-US&P=&PT=0x30&WUA=10.0.19041.4522"),
    ("Metadata", "TimestampToken Validity: 0 => 90 (days)"),
    ("Metadata", "Enforcement Mode: Unknown => Enforce"),
    ("ComApi", "Update server: (null), service {g}"),
    ("ComApi", "* START *   Init Search ClientId = UpdateOrchestrator"),
    ("Setup", "Evaluating applicability of setup package {g}"),
    ("EventLogger", "WNF state published, {n} bytes"),
]

CBS_NOISE = [
    "Info|CBS|Appl: Evaluating package applicability for package "
    "Package_{n}_for_KB50{n:05d}~31bf3856ad364e35~amd64~~19041.4522.1.{n}, "
    "applicable state: Installed",
    "Info|CBS|Expecting attribute name [HRESULT = 0x800f080d - "
    "CBS_E_MANIFEST_INVALID_ITEM]",
    "Info|CBS|Failed to OpenPackage using worker session "
    "[HRESULT = 0x800f0805]",
    "Info|CBS|SQM: Failed to start upload with file pattern: "
    "C:\\Windows\\servicing\\sqm\\*_std.sqm, flags: 0x2 "
    "[HRESULT = 0x80004005 - E_FAIL]",
    "Info|CBS|Lock: New lock added: CCbsWorker, level: {n}, total lock:4",
    "Info|CBS|Current global progress. Current: {n}, Limit: 100",
    "Info|CBS|Setting ServicingCurrent/Stage to {n}.",
    "Info|CSI|{h}@{utc} CSI Transaction @0x1f8a{h} initialized for "
    "deployment engine {{d16d444c-56d8-11d5-882d-0080c847b195}} with flags "
    "00000002 and client id 'TI{n}'",
    "Info|CSI|{h} Component change list: { 4 }",
    "Info|CSI|{h} Performing 1 operations as follows:",
    "Info|CBS|Repr: CBS Store check completes",
    "Info|CBS|Session: {n}_{m} initialized by client WindowsUpdateAgent, "
    "external staging directory: (null)",
    "Info|CBS|Session: {n}_{m} finalized. Reboot required: no "
    "[HRESULT = 0x00000000 - S_OK]",
]


class Endpoint:
    """The logs, in memory: name in the bundle -> bytes.

    ending: "fault" as told above; "success": the server accepts the scans
    after all; "cut": the lines that say how the last scans ended are missing.
    culture: how stamps are written: "iso", "us" or "de".
    rotated: the update log comes in two files, cut inside the last scan.
    """

    def __init__(self, seed=412, host="PC-0412", server="wsus01.corp.example",
                 first=dt.datetime(2026, 11, 11, 7, 30), days=9, zone=60,
                 culture="iso", encoding="utf-8-sig", rotated=False,
                 ending="fault", noise=2200):
        self.random = random.Random(seed)
        self.host, self.first, self.days = host, first, days
        self.zone, self.culture, self.encoding = zone, culture, encoding
        self.rotated, self.ending, self.noise = rotated, ending, noise
        self.url = ("http://%s:8530/ClientWebService/client.asmx" % server)
        self.lines = []
        self.cut_at = None
        self.now = first
        self.call = 0
        self.events = []

    # Small things

    def guid(self):
        return str(uuid.UUID(int=self.random.getrandbits(128))).upper()

    def tick(self, most=2.0):
        self.now += dt.timedelta(seconds=self.random.random() * most)

    def stamp(self):
        t = self.now
        fraction = "%06d0" % t.microsecond
        if self.culture == "us":
            return t.strftime("%m/%d/%Y %I:%M:%S.") + fraction + t.strftime(
                " %p")
        if self.culture == "de":
            return t.strftime("%d.%m.%Y %H:%M:%S.") + fraction
        return t.strftime("%Y/%m/%d %H:%M:%S.") + fraction

    # WindowsUpdate.log

    def wu(self, component, text, thread=5876, deciding=False):
        if deciding and self.ending == "cut":
            return
        self.lines.append("%s %-5d %-5d %-15s %s" %
                          (self.stamp(), 1148, thread, component, text))
        self.tick(0.2)

    def wu_noise(self, count):
        for _ in range(count):
            component, text = self.random.choice(NOISE)
            self.wu(component, text.format(n=self.random.randrange(1, 9000),
                                           g=self.guid(), url=self.url),
                    self.random.choice((1204, 3388, 7012, 9940)))
            self.tick(30)

    def fault(self, code, parameter, method):
        self.wu("WebServices",
                "WS error: The body of the received message contained a "
                "fault.")
        self.wu("WebServices", "WS error: Fault occurred")
        self.wu("WebServices", "WS Error code: Client")
        self.wu("WebServices",
                "WS error: <detail><ErrorCode>%s</ErrorCode><Message>%s"
                "</Message><ID>%s</ID><Method>\"%s%s\"</Method></detail>" %
                (code, parameter, self.guid().lower(), SOAP, method),
                deciding=True)

    def scan(self, refused, last=False):
        self.call += 1
        call = "CallerId = UpdateOrchestrator"
        vector = "%sAx.0.1" % self.guid()[:12]
        self.wu("Agent", "* START * Queueing Finding updates [%s  Id = %d]" %
                (call, self.call), thread=1204)
        self.wu("Agent", "* START * Finding updates %s  Id = %d (cV = %s)" %
                (call, self.call, vector))
        self.wu("Agent", "Online = Yes; Interactive = No; "
                "AllowCachedResults = No; Ignore download priority = No")
        self.wu("Agent", "Criteria = IsInstalled=0 and "
                "DeploymentAction='Installation' or IsPresent=1")
        self.wu("Agent", "ServiceID = {%s} Managed" % WSUS)
        self.wu("Agent", "Search Scope = {Machine}")
        self.wu("ProtocolTalker", "ServiceId = {%s}, Server URL = %s" %
                (WSUS, self.url))
        self.wu_noise(3)
        self.wu("ProtocolTalker", "Existing cookie is valid, just use it")
        if last:
            self.cut_at = len(self.lines)
        if refused:
            self.fault("InvalidParameters",
                       "parameters.InstalledNonLeafUpdateIDs", "SyncUpdates")
            self.wu("WebServices", "*FAILED* [803D0013] Web service call")
            self.wu("ProtocolTalker",
                    "*FAILED* [80244007] SyncUpdates_WithRecovery failed")
            self.wu("ProtocolTalker", "*FAILED* [80244007] Sync of Updates")
            self.wu("Agent", "*FAILED* [80244007] Method failed "
                    "[CAgentUpdateManager::DetectForUpdates:4125]")
        else:
            self.fault("ConfigChanged", "", "SyncUpdates")
            self.wu("ProtocolTalker", "PT: Calling GetConfig on server")
            self.wu("ProtocolTalker", "SyncUpdates round trips: 3")
            self.wu("Agent", "Found 0 updates and 94 categories in search; "
                    "evaluated appl. rules of 1188 out of 2207 deployed "
                    "entities")
        code = "0x80244007" if refused else "0x00000000"
        self.wu("Agent", "* END * Finding updates %s, Id = %d, Exit code = "
                "%s (cV = %s)" % (call, self.call, code, vector),
                deciding=True)
        self.events.append((self.now, 148 if refused else 147, code))

    def tell_update_log(self):
        for day in range(self.days):
            morning = self.first + dt.timedelta(days=day)
            self.now = morning
            self.wu_noise(self.noise // 2)
            for _ in range(1 if day == 0 else 2):
                refused = day > 0 and self.ending != "success"
                self.scan(refused, last=day == self.days - 1)
                self.tick(3000)
            self.wu_noise(self.noise // 2)

    def update_logs(self):
        name = "Windows/Logs/WindowsUpdate/WindowsUpdate%s.log"
        if not self.rotated:
            return {name % "": self.lines}
        return {name % ".1": self.lines[:self.cut_at],
                name % ".2": self.lines[self.cut_at:]}

    # CBS.log and dism.log

    def cbs(self, level, component, text):
        self.lines.append("%s, %-21s %-6s %s" % (
            self.now.strftime("%Y-%m-%d %H:%M:%S"), level, component, text))
        self.tick(3)

    def cbs_noise(self, count):
        for _ in range(count):
            level, component, text = self.random.choice(CBS_NOISE).split("|")
            utc = self.now - dt.timedelta(minutes=self.zone)
            text = text.replace("{ 4 }", "{{ 4 }}").format(
                n=self.random.randrange(100, 99999),
                m=self.random.randrange(10**8, 10**9),
                h="%08x" % self.random.randrange(0x4000),
                utc="%d/%d/%d:%s.%03d" % (
                    utc.year, utc.month, utc.day, utc.strftime("%H:%M:%S"),
                    self.random.randrange(1000)))
            self.cbs(level, component, text)

    def store_check(self):
        session = "31084412_%d" % self.random.randrange(10**9)
        self.cbs("Info", "CBS", "Session: %s initialized by client DISM "
                 "Package Manager Provider, external staging directory: "
                 "(null), external registry directory: (null)" % session)
        self.cbs("Info", "CBS",
                 "Client specifies store corruption detect and repair.")
        self.cbs("Info", "CBS", "Exec: Session processing started.  Client: "
                 "DISM Package Manager Provider, Session(Store Corruption "
                 "Detect/Repair): %s" % session)
        self.cbs_noise(40)
        for text in ("", "=================================",
                     "Checking System Update Readiness.", "", "Summary:",
                     "Operation: Detect and Repair ",
                     "Operation result: 0x0",
                     "Last Successful Step: Entire operation completes.",
                     "Total Detected Corruption:\t0",
                     "\tCBS Manifest Corruption:\t0",
                     "\tCSI Payload Corruption:\t0",
                     "Total Repaired Corruption:\t0",
                     "Total Operation Time: 214 seconds."):
            self.cbs("Info", "CBS", text)
        self.cbs("Info", "CBS", "Exec: Processing complete, session("
                 "Corruption Repairing): %s [HRESULT = 0x00000000 - S_OK]" %
                 session)
        self.cbs("Info", "CBS", "Session: %s finalized. Reboot required: no "
                 "[HRESULT = 0x00000000 - S_OK]" % session)

    def tell_cbs_log(self):
        self.lines = []
        self.now = self.first + dt.timedelta(days=self.days - 2)
        self.cbs_noise(self.noise)
        self.store_check()
        self.cbs_noise(self.noise)
        return self.lines

    def dism(self, text):
        self.cbs("Info", "DISM", text)

    def tell_dism_log(self):
        self.lines = []
        self.now = self.first + dt.timedelta(days=self.days - 2, hours=1)
        self.dism("DISM.EXE: <----- Starting Dism.exe session ----->")
        self.dism("DISM.EXE: Host machine information: OS Version="
                  "10.0.19045, Running architecture=amd64, Number of "
                  "processors=8")
        self.dism("DISM.EXE: Executing command line: dism  /online "
                  "/cleanup-image /restorehealth")
        self.dism("DISM Package Manager: PID=9120 TID=10044 CBS session "
                  "options=0x20100! - CDISMPackageManager::Internal_Finalize")
        self.dism("DISM.EXE: Image session has been closed. Reboot "
                  "required=no.")
        self.dism("DISM.EXE: <----- Ending Dism.exe session ----->")
        return self.lines

    # ReportingEvents.log

    def tell_reporting(self):
        sign = "+" if self.zone >= 0 else "-"
        zone = "%s%02d%02d" % (sign, abs(self.zone) // 60,
                               abs(self.zone) % 60)
        lines = []
        for time, event, code in self.events:
            failed = event == 148
            lines.append("\t".join([
                "{%s}" % self.guid(),
                time.strftime("%Y-%m-%d %H:%M:%S:") +
                "%03d%s" % (time.microsecond // 1000, zone),
                "1",
                "%d [AGENT_DETECTION_%s]" % (
                    event, "FAILED" if failed else "FINISHED"),
                "101", "{00000000-0000-0000-0000-000000000000}", "0",
                code[2:], "UpdateOrchestrator",
                "Failure" if failed else "Success",
                "Software Synchronization",
                "Windows Update Client %s" % (
                    "failed to detect with error " + code if failed
                    else "successfully detected 0 updates."),
                self.guid()[:16]]))
        if self.ending == "cut":
            lines = lines[:0]
        return lines

    # The bundle

    def encode(self, lines, encoding=None):
        return "".join(line + "\r\n" for line in lines).encode(
            encoding or self.encoding)

    def files(self):
        """The bundle: name -> bytes."""
        self.tell_update_log()
        texts = self.update_logs()
        texts["Windows/Logs/CBS/CBS.log"] = self.tell_cbs_log()
        texts["Windows/Logs/DISM/dism.log"] = self.tell_dism_log()
        result = {name: self.encode(lines) for name, lines in texts.items()}
        result["Windows/SoftwareDistribution/ReportingEvents.log"] = (
            self.encode(self.tell_reporting(), "utf-16"))
        return {self.host + "/" + name: data
                for name, data in result.items()}


def bundle(files):
    """A zip of the files that is the same each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (2026, 11, 19, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name], compresslevel=9)
    return out.getvalue()


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], "wb") as out:
        out.write(bundle(Endpoint().files()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
