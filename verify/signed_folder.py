"""Many signed PDFs under one policy: which files, whom to trust, and what comes out of it all together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certgen.errors import InputError
from verify import trust_store
from verify.checks.signature import (
    Examiner,
    Policy,
    Revocation,
    SignatureReport,
    Standing,
    to_json,
)
from verify.trust.store import TrustStore

Examined = list[tuple[str, SignatureReport]]
_ARMOUR = b"-----BEGIN"


def policy_of(
    trust: Path | None,
    *,
    roots: Sequence[Path],
    tsa_roots: Sequence[Path],
    crls: Sequence[Path],
    allow_sample: bool,
    any_signer: bool,
) -> Policy:
    """What the trust store holds and the files name. Raises `InputError` for a file that is no such thing."""
    held = trust_store.policy_of(
        TrustStore.open(trust, allow_sample=allow_sample), allow_sample=allow_sample
    )
    return replace(
        held,
        roots=(*held.roots, *map(_certificate, roots)),
        tsa_roots=(*held.tsa_roots, *map(_certificate, tsa_roots)),
        crls=tuple(map(_crl, crls)),
        unsafe_any_signer=any_signer,
    )


def files_in(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Every PDF with the name that it is reported under. Raises `InputError` if there is none."""
    files = [found for path in paths for found in _below(path)]
    if not files:
        raise InputError(
            zh="没有找到 PDF 文件：请核对文件夹", en="there is no PDF file: check the folder"
        )
    return files


def _below(path: Path) -> Iterator[tuple[Path, str]]:
    if not path.is_dir():
        yield path, path.name
        return
    for one in sorted(path.rglob("*")):
        if one.suffix.lower() == ".pdf" and one.is_file():
            yield one, one.relative_to(path).as_posix()


def examine(
    files: Iterable[tuple[Path, str]], policy: Policy
) -> Iterator[tuple[str, SignatureReport]]:
    """Name and report, one after another, in one process of its own."""
    with Examiner(policy) as examiner:
        for path, name in files:
            yield name, examiner.examine(path)


def as_json(examined: Examined) -> dict[str, object]:
    """Every report without the page's text, and counts that add up."""
    counts = {one.value: 0 for one in Standing}
    for _, report in examined:
        counts[report.standing.value] += 1
    return {
        "examined": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": [{"file": name, **to_json(report, text=False)} for name, report in examined],
        "counts": {"files": len(examined), **counts},
    }


def exit_code(examined: Examined) -> int:
    """0 all accepted; 1 some refused; 2 nothing could be read; 3 accepted, revocation not checked."""
    reports = [report for _, report in examined]
    if all(report.standing is Standing.UNREADABLE for report in reports):
        return 2
    if not all(report.accepted for report in reports):
        return 1
    checked = all(report.revocation is Revocation.GOOD for report in reports)
    return 0 if checked else 3


def _certificate(path: Path) -> bytes:
    data = path.read_bytes()
    pem = _ARMOUR in data
    load = x509.load_pem_x509_certificate if pem else x509.load_der_x509_certificate
    try:
        return load(data).public_bytes(Encoding.DER)
    except ValueError as error:
        raise InputError(
            zh=f"{path} 不是证书（PEM 或 DER）", en=f"{path} is no certificate in PEM or DER"
        ) from error


def _crl(path: Path) -> bytes:
    data = path.read_bytes()
    load = x509.load_pem_x509_crl if _ARMOUR in data else x509.load_der_x509_crl
    try:
        return load(data).public_bytes(Encoding.DER)
    except ValueError as error:
        raise InputError(
            zh=f"{path} 不是吊销列表（PEM 或 DER）",
            en=f"{path} is no revocation list in PEM or DER",
        ) from error
