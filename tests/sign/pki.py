"""A certificate authority, a time-stamp authority and an OCSP responder for tests: OpenSSL, asked over real HTTP.

Nothing here is kept: keys and certificates are made for the run that uses them.
"""

import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from certgen.exchange.sample_marks import SAMPLE_ORGANISATION

AGENCY = "云河样例机械制造有限公司"
BRANCH = f"{AGENCY}泽州分公司"
PASSPHRASE = b"sample"
DAY = timedelta(days=1)


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass
class Authority:
    """An issuer of certificates: a root, or one below it."""

    certificate: x509.Certificate
    private: Any
    revoked: list[x509.Certificate] = field(default_factory=list)

    @classmethod
    def root(cls, common_name: str) -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name("样例测试", common_name)
        return cls(_signed(name, key.public_key(), name, key, ca=True), key)

    def below(self, common_name: str) -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name("样例测试", common_name)
        issuer = self.certificate.subject
        return Authority(_signed(name, key.public_key(), issuer, self.private, ca=True), key)

    def issue(
        self, organisation: str, common_name: str, public: Any, **options: Any
    ) -> x509.Certificate:
        name = _name(organisation, common_name)
        return _signed(name, public, self.certificate.subject, self.private, ca=False, **options)

    def crl(self, *, since: datetime | None = None, until: datetime | None = None) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(since or now() - DAY)
            .next_update(until or now() + 7 * DAY)
        )
        for one in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(one.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(now() - DAY).build())
        return builder.sign(self.private, hashes.SHA256()).public_bytes(Encoding.PEM)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def _name(organisation: str, common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, SAMPLE_ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _signed(
    subject: x509.Name,
    public: Any,
    issuer: x509.Name,
    key: Any,
    *,
    ca: bool,
    start: datetime | None = None,
    end: datetime | None = None,
    uses: Sequence[x509.ObjectIdentifier] = (),
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder(issuer, subject, public, x509.random_serial_number())
        .not_valid_before(start or now() - 30 * DAY)
        .not_valid_after(end or now() + 300 * DAY)
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca,
                content_commitment=not ca,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=ca,
                crl_sign=ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if uses:
        builder = builder.add_extension(x509.ExtendedKeyUsage(list(uses)), critical=True)
    if ExtendedKeyUsageOID.OCSP_SIGNING in uses:
        builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
    return builder.sign(key, hashes.SHA256())


def new_key(kind: str = "P-256") -> Any:
    if kind.startswith("RSA"):
        return rsa.generate_private_key(65537, int(kind[4:]))
    return ec.generate_private_key(ec.SECP384R1() if kind == "P-384" else ec.SECP256R1())


def write_p12(
    path: Path, private: Any, certificate: x509.Certificate, chain: Sequence[x509.Certificate]
) -> Path:
    data = pkcs12.serialize_key_and_certificates(
        b"seal", private, certificate, chain, BestAvailableEncryption(PASSPHRASE)
    )
    return write_secret(path, data)


def write_secret(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(data)
    return path


@dataclass
class Services:
    """A time-stamp authority and an OCSP responder that can be told to fail."""

    folder: Path
    issuer: Authority
    tsa_root: Authority
    url: str = ""
    refuse: Callable[[str], bool] = bool
    garble: Callable[[bytes], bytes] = bytes
    asked: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def tsa(self) -> str:
        return f"{self.url}/tsa"

    @property
    def ocsp(self) -> str:
        return f"{self.url}/ocsp"

    def prepare(self) -> None:
        self.refuse = lambda _path: False
        self._server("tsa", self.tsa_root, ExtendedKeyUsageOID.TIME_STAMPING)
        self._server("ocsp", self.issuer, ExtendedKeyUsageOID.OCSP_SIGNING)
        (self.folder / "serial").write_text("01\n")
        (self.folder / "ts.cnf").write_text(
            "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\ndefault_policy = 1.2.3.4.1\n"
            "digests = sha256\nsigner_digest = sha256\ness_cert_id_alg = sha256\n"
        )

    def _server(self, name: str, authority: Authority, use: x509.ObjectIdentifier) -> None:
        key = new_key()
        own = authority.issue("样例测试", f"样例 {name}", key.public_key(), uses=[use])
        plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_secret(self.folder / f"{name}.key", plain)
        (self.folder / f"{name}.pem").write_bytes(own.public_bytes(Encoding.PEM))
        (self.folder / f"{name}-ca.pem").write_bytes(authority.pem)

    def answer(self, path: str, body: bytes) -> bytes:
        with self._lock:
            self.asked.append(path)
            (self.folder / "query").write_bytes(body)
            if path == "/tsa":
                words = (
                    "openssl ts -reply -config ts.cnf -queryfile query -signer tsa.pem "
                    "-inkey tsa.key -chain tsa-ca.pem -out answer"
                )
            else:
                self._index()
                words = (
                    "openssl ocsp -index index -CA ocsp-ca.pem -rsigner ocsp.pem -rkey ocsp.key "
                    "-reqin query -respout answer -ndays 7"
                )
            subprocess.run(words.split(), cwd=self.folder, check=True, capture_output=True)  # noqa: S603 - fixed words
            return self.garble((self.folder / "answer").read_bytes())

    def _index(self) -> None:
        """What OpenSSL's own CA would keep: every certificate that is asked about, good or revoked."""
        revoked = [one.serial_number for one in self.issuer.revoked]
        lines = [
            f"R\t491231235959Z\t260101000000Z\t{_hex(serial)}\tunknown\t/CN={serial}"
            if serial in revoked
            else f"V\t491231235959Z\t\t{_hex(serial)}\tunknown\t/CN={serial}"
            for serial in self.known
        ]
        (self.folder / "index").write_text("\n".join(lines) + "\n")

    known: list[int] = field(default_factory=list)


def _hex(serial: int) -> str:
    """As OpenSSL writes a serial number: whole bytes."""
    text = f"{serial:X}"
    return "0" * (len(text) % 2) + text


@contextmanager
def serving(folder: Path, issuer: Authority, tsa_root: Authority) -> Iterator[Services]:
    """Both services on a free port of this machine, while the block runs."""
    services = Services(folder, issuer, tsa_root)
    services.prepare()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if services.refuse(self.path):
                self.send_error(503)
                return
            answer = services.answer(self.path, body)
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    services.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
