"""What whoever keeps keys and lists reads on the terminal."""

from collections.abc import Iterable
from pathlib import Path

import click

from certgen.errors import Said
from certgen.exchange.fingerprints import lines
from certgen.exchange.key_list import KeyList, KeyStatus, ListedKey
from certgen.exchange.status_list import Status, StatusList

_STATUSES = {
    KeyStatus.ACTIVE: Said("使用中", "active"),
    KeyStatus.RETIRED: Said("停用", "retired"),
    KeyStatus.COMPROMISED: Said("泄露", "compromised"),
}


def fingerprint(name: str, found: str) -> None:
    """A fingerprint to publish, under the name of its key."""
    click.echo(f"{name}  SHA-256")
    for line in lines(found):
        click.echo(f"  {line}")


def written(paths: Iterable[Path]) -> None:
    """The files that were made."""
    for path in paths:
        click.echo(path)


def said(lang: str, *, zh: str, en: str) -> None:
    """A sentence to stderr."""
    click.echo(zh if lang == "zh" else en, err=True)


def key_list(listed: KeyList, lang: str) -> None:
    """Every agency with its sites and keys."""
    zh = lang == "zh"
    day, end = f"{listed.issued:%Y-%m-%d}", f"{listed.expires:%Y-%m-%d}"
    title = f"密钥清单 No. {listed.number}，{day} 签发，有效至 {end}"
    click.echo(title if zh else f"key list No. {listed.number}, issued {day}, until {end}")
    for agency in listed.agencies:
        click.echo(f"\n{agency.name}  {' '.join(agency.prefixes)}")
        for key in agency.keys:
            _key(key, lang)
        for signer in agency.pdf_signers:
            click.echo(f"  PDF  {signer}")


def _key(key: ListedKey, lang: str) -> None:
    since = f" {key.since}" if key.since else ""
    status = _STATUSES[key.status].in_(lang)
    click.echo(f"  {key.algorithm.name}  {key.not_before} – {key.not_after}  {status}{since}")
    for line in lines(key.fingerprint):
        click.echo(f"    {line}")


def status_list(listed: StatusList, lang: str) -> None:
    """What it covers and how many certificates are not valid."""
    counts = dict.fromkeys(Status, 0)
    for byte in listed.places:
        if byte:
            for shift in (0, 2, 4, 6):
                counts[Status(byte >> shift & 3)] += 1
    day, end = f"{listed.issued:%Y-%m-%d}", f"{listed.expires:%Y-%m-%d}"
    void, superseded, suspended = (
        counts[one] for one in (Status.VOID, Status.SUPERSEDED, Status.SUSPENDED)
    )
    prefixes = " ".join(listed.prefixes)
    if lang == "zh":
        click.echo(f"状态清单 No. {listed.number}，{day} 签发，可信至 {end}  {prefixes}")
        click.echo(f"  作废 {void}，已换发 {superseded}，暂停 {suspended}")
    else:
        click.echo(f"status list No. {listed.number}, issued {day}, until {end}  {prefixes}")
        click.echo(f"  void {void}, superseded {superseded}, suspended {suspended}")
