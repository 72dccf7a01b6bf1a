"""What the user of the trust store sees: fingerprints to compare, what is pinned, how old each list is."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from certgen.errors import Said
from certgen.exchange.fingerprints import lines
from verify.trust.pins import Kind, Pin
from verify.trust.proof import facts_of
from verify.trust.standing import ListFacts, Taken, Update
from verify.trust.store import TrustStore

_KINDS = {
    Kind.LIST_ROOT: Said("密钥清单的根", "root of key lists"),
    Kind.AGENCY_KEY: Said("单个机构的密钥", "one agency's key"),
    Kind.PDF_ROOT: Said("PDF 签名的根", "root of PDF signatures"),
    Kind.TSA_ROOT: Said("时间戳的根", "root of timestamps"),
}
_LISTS = {
    "key-list": Said("密钥清单", "key list"),
    "status-list": Said("状态清单", "status list"),
}
_COLON = Said("：", ": ")
_TAKEN = {
    Taken.NEW: Said("已导入", "taken in"),
    Taken.KNOWN: Said("已有，无变化", "known already"),
    Taken.OLDER: Said("拒绝：比已见过的旧", "refused: older than one seen"),
    Taken.CONFLICT: Said("拒绝：同一期号内容不同", "refused: other contents under a number seen"),
    Taken.UNKNOWN_SIGNER: Said(
        "拒绝：签发者未固定（先 trust add）", "refused: signed by nobody pinned (trust add first)"
    ),
    Taken.BAD_SIGNATURE: Said("拒绝：签名不符", "refused: the signature does not fit"),
    Taken.OUT_OF_SCOPE: Said(
        "拒绝：签发者无权涉及这些编码", "refused: its signer may not speak for these codes"
    ),
    Taken.SAMPLE: Said("拒绝：样例（需 --allow-sample）", "refused: a sample (--allow-sample)"),
    Taken.FUTURE: Said(
        "拒绝：日期在将来，请核对时钟", "refused: dated in the future; check the clock"
    ),
}


def said(lang: str, *, zh: str, en: str) -> None:
    """One line to stderr."""
    Console(stderr=True).print(zh if lang == "zh" else en, highlight=False, soft_wrap=True)


def problem(file: Path, what: Said, lang: str) -> None:
    """A file that cannot be read."""
    Console(stderr=True).print(
        f"{escape(str(file))}: {escape(what.in_(lang))}", highlight=False, soft_wrap=True
    )


def offered(pin: Pin, lang: str) -> None:
    """What a file offers, with its fingerprint in two lines of eight groups."""
    zh = lang == "zh"
    console = Console(stderr=True)
    console.print(
        f"{_KINDS[pin.kind].in_(lang)}{_COLON.in_(lang)}{escape(pin.label)}",
        highlight=False,
        soft_wrap=True,
    )
    if pin.prefixes:
        console.print(
            ("站点 " if zh else "sites ") + " ".join(pin.prefixes), highlight=False, soft_wrap=True
        )
    console.print("SHA-256")
    for line in lines(pin.fingerprint):
        console.print(f"  {line}", style="bold", highlight=False, soft_wrap=True)
    if pin.is_sample:
        console.print("样例 SAMPLE", style="red")


def removed(pin: Pin, lang: str) -> None:
    """What is trusted no longer."""
    said(lang, zh=f"已移除：{escape(pin.label)}", en=f"removed: {escape(pin.label)}")


def store(trusted: TrustStore, now: datetime, lang: str) -> None:
    """Every pin with its newest list, and every status list."""
    zh = lang == "zh"
    if not trusted.pins:
        said(
            lang,
            zh="没有固定任何根：所有签名都将是“由未知密钥签发”。用 certverify trust add 固定。",
            en="Nothing is pinned: every signature will be by an unknown key. Pin with certverify trust add.",
        )
        return
    console = Console()
    newest = {source.pin: source.listed for source in trusted.sources}
    for pin in trusted.pins:
        _pin(console, pin, lang)
        if listed := newest.get(pin):
            console.print(
                f"  {_LISTS['key-list'].in_(lang)}{_COLON.in_(lang)}{_facts(facts_of(listed, now), lang)}",
                highlight=False,
                soft_wrap=True,
            )
        elif not pin.kind.is_certificate:
            console.print(
                "  尚无密钥清单（trust update）" if zh else "  no key list yet (trust update)"
            )
    for one, agency in trusted.status_lists:
        name = f"{_LISTS['status-list'].in_(lang)} {escape(agency.name)}"
        console.print(
            f"{name}{_COLON.in_(lang)}{_facts(facts_of(one, now), lang)}",
            highlight=False,
            soft_wrap=True,
        )


def _pin(console: Console, pin: Pin, lang: str) -> None:
    sample = " [red]样例 SAMPLE[/red]" if pin.is_sample else ""
    console.print(
        f"[bold]{escape(pin.label)}[/bold]{sample}  {_KINDS[pin.kind].in_(lang)}", highlight=False
    )
    for line in lines(pin.fingerprint):
        console.print(f"  {line}", highlight=False, soft_wrap=True)
    day, who = f"{pin.added_at:%Y-%m-%d}", escape(pin.added_by)
    console.print(
        f"  {day} 由 {who} 固定" if lang == "zh" else f"  pinned {day} by {who}", highlight=False
    )
    if pin.prefixes:
        console.print("  " + " ".join(pin.prefixes), highlight=False, soft_wrap=True)


def updates(file: Path, taken: Sequence[Update], lang: str) -> None:
    """What became of each list in a file."""
    console = Console()
    for one in taken:
        colour = "red" if one.is_refused else "green"
        name = f"{_LISTS[one.kind].in_(lang)} {one.name}".strip()
        console.print(
            f"{escape(str(file))}: {escape(name)} {_facts(one.facts, lang)}{_COLON.in_(lang)}"
            f"[{colour}]{_TAKEN[one.taken].in_(lang)}[/{colour}]",
            highlight=False,
            soft_wrap=True,
        )


def _facts(facts: ListFacts, lang: str) -> str:
    zh = lang == "zh"
    line = f"No. {facts.number}, {facts.issued:%Y-%m-%d}"
    until = f"{facts.expires:%Y-%m-%d}"
    if facts.expired:
        return (
            f"{line}，[red]已于 {until} 过期[/red]" if zh else f"{line}, [red]expired {until}[/red]"
        )
    return f"{line}，有效至 {until}" if zh else f"{line}, until {until}"
