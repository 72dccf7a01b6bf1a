"""What a signature costs on the batch path, beyond the raw signature: `python -m bench.signing`.

Target: at most 50 µs more than the private key's own work. In each round, in turn: the raw signature
of as many bytes, a certificate stamped and signed, the same stamped unsigned, and the same stamped and
signed by a key that costs nothing, because it gives a signature made before. What is ours is what
the last costs more than the unsigned one: an RSA signature takes two milliseconds and varies by more
than what is looked for. CPU time of the process; everything is in memory.
"""

import argparse
import hashlib
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from bench.ours import MADE
from certgen.render.signature import Signing
from certgen.render.stamp import Stamper
from certgen.sign.cms import Signer
from certgen.sign.keys import Key

TARGET_US = 50
KINDS = ("P-256", "RSA-3072")


class Canned(NamedTuple):
    """A key whose signature was made before."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    signature: bytes

    def sign(self, _message: bytes) -> bytes:
        """The same signature, whatever is to be signed."""
        return self.signature


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--each", type=int, default=20, help="of each kind in a round")
    options = parser.parse_args()
    print("| key | raw signature | stamp, unsigned | stamp, signed | ours, median | ours, best |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            print(_row(kind, Path(folder), options.rounds, options.each))
    print(
        f"\nMicroseconds of CPU time, {options.rounds} rounds of {options.each}; "
        f"best: least less least. Target: ours ≤ {TARGET_US}."
    )


def _row(kind: str, folder: Path, rounds: int, each: int) -> str:
    works = _work(a_key(kind), folder)
    found = [[_time(one, each) for one in works] for _ in range(rounds + 1)][1:]  # caches are full
    raw, unsigned, signed, free = zip(*found, strict=True)
    ours = median(f - u for f, u in zip(free, unsigned, strict=True))
    return (
        f"| {kind} | {median(raw):.0f} | {median(unsigned):.0f} | {median(signed):.0f} "
        f"| **{ours:.0f}** | {min(free) - min(unsigned):.0f} |"
    )


def _time(work: Callable[[], object], each: int) -> float:
    start = time.process_time_ns()
    for _ in range(each):
        work()
    return (time.process_time_ns() - start) / each / 1000


def _work(key: Key, folder: Path) -> tuple[Callable[[], object], ...]:
    from tests.render.builders import CODE, a_portrait, draw_seals, the_forms  # noqa: PLC0415

    form = the_forms(draw_seals(folder / "seals"))["style-1"]
    message = hashlib.sha256(b"x").digest() * 5  # as long as the signed attributes
    canned = Canned(key.certificate, key.chain, key.sign(message))
    portrait = a_portrait()

    def stamp(signing: Signing, signer: Signer | None) -> Callable[[], object]:
        stamper = Stamper(form.plan(signing=signing), form.composer, signer)
        return lambda: stamper.stamp(form.record, CODE, portrait, MADE)

    return (
        lambda: key.sign(message),
        stamp(Signing.NOBODY, None),
        stamp(Signing.AGENCY, Signer(key)),
        stamp(Signing.AGENCY, Signer(canned)),
    )


def a_key(kind: str) -> Key:
    """A key of a kind with a certificate of an authority below a root, as CAs issue them."""
    private: Any = (
        ec.generate_private_key(ec.SECP256R1())
        if kind == "P-256"
        else rsa.generate_private_key(65537, 3072)
    )
    names = [
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, n)]) for n in ("own", "sub", "root")
    ]
    keys = [private, *(ec.generate_private_key(ec.SECP256R1()) for _ in range(2))]
    now = datetime.now(UTC)
    chain = [
        x509.CertificateBuilder(
            issuer, name, own.public_key(), 7, now, now + timedelta(days=30)
        ).sign(by, hashes.SHA256())
        for name, own, issuer, by in zip(
            names, keys, [*names[1:], names[2]], [*keys[1:], keys[2]], strict=True
        )
    ]
    return Key(private, chain[0], tuple(chain[1:]))


if __name__ == "__main__":
    main()
