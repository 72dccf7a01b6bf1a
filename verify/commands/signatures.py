"""`certverify signatures`: many signed PDFs at once, each accepted or refused with the reason, and a sum."""

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certgen.errors import InputError
from verify.checks.signature import (
    AgencySigner,
    Examiner,
    Policy,
    SignatureReport,
    Standing,
    to_json,
)
from verify.checks.signed_pdf.report import Revocation
from verify.terminal import signatures as shown
from verify.trust.store import TrustStore

Examined = list[tuple[str, SignatureReport]]


@click.command(
    epilog="例 Example:  certverify signatures out/20260601-01 --root ca.pem\n\n"
    "退出码 Exit codes: 0 全部通过 all accepted; 1 有拒绝 some refused; 2 没有可读的文件 nothing to read; "
    "3 通过但吊销状态未查 accepted, but revocation was not checked"
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="PATH...",
)
@click.option(
    "--root",
    "roots",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="签名根证书，PEM 或 DER，可重复 Root of the signers; beside the trust store's.",
)
@click.option(
    "--tsa-root",
    "tsa_roots",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="时间戳根证书 Root of the time stamp authority.",
)
@click.option(
    "--crl",
    "crls",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="吊销列表，PEM 或 DER A revocation list.",
)
@click.option(
    "--trust",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="信任库文件夹 Folder of the trust store (default: your own).",
)
@click.option("--allow-sample", is_flag=True, help="接受样例 CA，仅供试用 Accept the sample CA.")
@click.option(
    "--json", "as_json", is_flag=True, help="输出 JSON，不含页面文字 JSON, without the pages' text."
)
@click.option("--any-signer", is_flag=True, hidden=True)
@click.pass_obj
def signatures(
    obj: dict[str, str],
    paths: tuple[Path, ...],
    roots: tuple[Path, ...],
    tsa_roots: tuple[Path, ...],
    crls: tuple[Path, ...],
    trust: Path | None,
    *,
    allow_sample: bool,
    as_json: bool,
    any_signer: bool,
) -> None:
    """逐个检查 PDF 签名 Examine the signatures of PDF files or folders of them. Offline.

    规则见 docs/signatures.md。 Every rule and its id: docs/signatures.md.
    """
    store = TrustStore.open(trust, allow_sample=allow_sample)
    policy = Policy(
        roots=(*store.pdf_roots(), *map(_certificate, roots)),
        tsa_roots=(*store.tsa_roots(), *map(_certificate, tsa_roots)),
        signers=_signers(store),
        crls=tuple(map(_crl, crls)),
        allow_sample=allow_sample,
        unsafe_any_signer=any_signer,
    )
    files = list(_files(paths))
    if not files:
        raise InputError(
            zh="没有找到 PDF 文件：请核对文件夹", en="there is no PDF file: check the folder"
        )
    lang = obj["lang"]
    if any_signer:
        click.echo(shown.UNSAFE.in_(lang), err=True)
    examined: Examined = []
    with Examiner(policy) as examiner:
        for path, name in shown.watched(files, lang):
            examined.append((name, examiner.examine(path)))
            if not as_json:
                shown.line(name, examined[-1][1], lang)
    if as_json:
        click.echo(json.dumps(_as_json(examined), ensure_ascii=False, indent=2))
    else:
        shown.summary([report for _, report in examined], lang)
    sys.exit(_exit_code(examined))


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Every PDF with the name that it is reported under: as given, or below its folder."""
    for path in paths:
        if path.is_dir():
            inside = (one for one in path.rglob("*") if one.suffix.lower() == ".pdf")
            yield from (
                (one, one.relative_to(path).as_posix()) for one in sorted(inside) if one.is_file()
            )
        else:
            yield path, path.name


def _certificate(path: Path) -> bytes:
    data = path.read_bytes()
    try:
        load = (
            x509.load_pem_x509_certificate
            if b"-----BEGIN" in data
            else x509.load_der_x509_certificate
        )
        return load(data).public_bytes(Encoding.DER)
    except ValueError as error:
        raise InputError(
            zh=f"{path} 不是证书（PEM 或 DER）", en=f"{path} is no certificate in PEM or DER"
        ) from error


def _crl(path: Path) -> bytes:
    data = path.read_bytes()
    try:
        load = x509.load_pem_x509_crl if b"-----BEGIN" in data else x509.load_der_x509_crl
        return load(data).public_bytes(Encoding.DER)
    except ValueError as error:
        raise InputError(
            zh=f"{path} 不是吊销列表（PEM 或 DER）",
            en=f"{path} is no revocation list in PEM or DER",
        ) from error


def _signers(store: TrustStore) -> tuple[AgencySigner, ...]:
    return tuple(
        AgencySigner(agency.name, frozenset(agency.pdf_signers), tuple(agency.prefixes))
        for source in store.sources
        for agency in source.listed.agencies
        if agency.pdf_signers
    )


def _as_json(examined: Examined) -> dict[str, object]:
    counts = {one.value: 0 for one in Standing}
    for _, report in examined:
        counts[report.standing.value] += 1
    return {
        "examined": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": [{"file": name, **to_json(report, text=False)} for name, report in examined],
        "counts": {"files": len(examined), **counts},
    }


def _exit_code(examined: Examined) -> int:
    reports = [report for _, report in examined]
    if all(report.standing is Standing.UNREADABLE for report in reports):
        return 2
    if not all(report.accepted for report in reports):
        return 1
    checked = all(report.revocation is Revocation.GOOD for report in reports)
    return 0 if checked else 3
