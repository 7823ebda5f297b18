"""Certificates of servers for tests, good and bad."""
import pathlib
import ssl
import subprocess


class Certificates:
    """Made by openssl when they are asked for, in a folder of their own."""

    CONFIGURATION = """[ca]
default_ca = here
[here]
database = index
new_certs_dir = .
policy = any
default_md = sha256
copy_extensions = copyall
rand_serial = yes
unique_subject = no
[any]
commonName = supplied
"""
    KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    # Issuer, name, since when, until when.
    KINDS = {
        "good": ("authority", "IP:127.0.0.1,DNS:localhost", "2020", "2099"),
        "wrong-name": ("authority", "DNS:wsus.example", "2020", "2099"),
        "expired": ("authority", "IP:127.0.0.1,DNS:localhost", "2020",
                    "2021"),
        "future": ("authority", "IP:127.0.0.1,DNS:localhost", "2098",
                   "2099"),
        "untrusted": ("stranger", "IP:127.0.0.1,DNS:localhost", "2020",
                      "2099"),
    }

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "ca.conf").write_text(self.CONFIGURATION)
        (self.folder / "index").touch()
        self.authority = self.issuer("authority")

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                       stdin=subprocess.DEVNULL)

    def issuer(self, name):
        path = self.folder / (name + ".pem")
        if not path.exists():
            self.openssl("req", "-x509", *self.KEY, "-keyout", name + ".key",
                         "-out", path.name, "-subj", f"/CN=Test {name}")
        return path

    def server(self, kind):
        """Certificate and key of a server, in one file."""
        path = self.folder / (kind + ".server")
        if not path.exists():
            issuer, names, since, until = self.KINDS[kind]
            self.issuer(issuer)
            self.openssl("req", "-new", *self.KEY, "-keyout", kind + ".key",
                         "-out", kind + ".csr", "-subj", "/CN=wsus",
                         "-addext", "subjectAltName=" + names)
            self.openssl("ca", "-batch", "-notext", "-config", "ca.conf",
                         "-cert", issuer + ".pem", "-keyfile",
                         issuer + ".key", "-in", kind + ".csr", "-out",
                         kind + ".pem", "-startdate", since + "0101000000Z",
                         "-enddate", until + "0101000000Z")
            path.write_text((self.folder / (kind + ".pem")).read_text() +
                            (self.folder / (kind + ".key")).read_text())
        return path

    def context(self, kind):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.server(
            kind if kind in self.KINDS else "good"))
        if kind.startswith("client"):
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(self.authority)
        if kind == "client-1.2":
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        if kind == "old":
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1
        return context
