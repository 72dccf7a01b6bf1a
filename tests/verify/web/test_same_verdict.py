"""The page and Python say the same of the same code under the same lists: verdict, reasons and words."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from certgen.errors import Said
from certgen.exchange.key_list import KeyStatus
from certgen.exchange.status_list import Status
from tests.verify.web import world
from tests.verify.web.node import run
from tests.verify.web.world import AGENCY, CLAIMS, CODE, SECOND, STRANGER, World, listed, qr_text
from verify.evidence import Evidence, Outcome
from verify.pipeline import verify_code, verify_photo
from verify.report import Report
from verify.trust.store import TrustStore
from verify.trust_store import Held
from verify.web.facts import facts

DAYS = timedelta(days=1)
MADE_HERE = ("code/", "payload/", "status/")
OWN_WORDS = {"payload/key", "payload/form", "code/form"}
"""Where these did not pass the page has words of its own: it has no `certverify trust`, and says less of what broke."""

NOT_HERE = {
    f"code/{part}" for part in ("category", "agency", "province", "site", "year", "level", "serial")
}
"""The page shows the parts of a code as a table, not as evidence."""


@dataclass(frozen=True)
class Case:
    """A QR code (or a typed number), the world it is held against, and the verdict that both must give."""

    verdict: str
    text: str = field(default_factory=qr_text)
    world: World = field(default_factory=World)
    typed: bool = False
    only: tuple[str, ...] = ("keys.certgen", "status.certgen")


def end(status: Status) -> World:
    return World(statuses={CLAIMS.status_index: status})


CASES: Mapping[str, Case] = {
    "as it should be": Case("VALID"),
    "Ed25519": Case("VALID", qr_text(signer=world.MODERN)),
    "no job, a rare character": Case("VALID", qr_text(claims=replace(CLAIMS, job=None, name="李𬭎"))),
    "forged": Case("INVALID", world.forged(qr_text())),
    "stranger's key": Case("INDETERMINATE", qr_text(signer=STRANGER)),
    "a site that no list knows": Case(
        "INDETERMINATE", qr_text(f"S000041039999{CODE[13:]}")
    ),
    "another agency's key": Case("INVALID", qr_text(signer=SECOND)),
    "void": Case("INVALID", world=end(Status.VOID)),
    "superseded": Case("INVALID", world=end(Status.SUPERSEDED)),
    "suspended": Case("INDETERMINATE", world=end(Status.SUSPENDED)),
    "status list expired": Case("INDETERMINATE", world=World(status_age=40 * DAYS)),
    "void in an expired list": Case("INVALID", world=replace(end(Status.VOID), status_age=40 * DAYS)),
    "key list expired": Case("INDETERMINATE", world=World(list_age=100 * DAYS)),
    "behind the end of the list": Case("INDETERMINATE", qr_text(claims=replace(CLAIMS, status_index=70_000))),
    "key compromised": Case(
        "INDETERMINATE",
        world=World(
            keys=(listed(AGENCY, KeyStatus.COMPROMISED, since=date(2026, 6, 1)), listed(world.MODERN)),
            status_signer=world.MODERN,
        ),
    ),
    "key retired since": Case(
        "VALID",
        world=World(
            keys=(listed(AGENCY, KeyStatus.RETIRED, since=date(2026, 6, 1)), listed(world.MODERN)),
            status_signer=world.MODERN,
        ),
    ),
    "key retired before": Case(
        "INDETERMINATE",
        world=World(
            keys=(listed(AGENCY, KeyStatus.RETIRED, since=date(2026, 1, 10)), listed(world.MODERN)),
            status_signer=world.MODERN,
        ),
    ),
    "key not yet valid": Case(
        "INDETERMINATE", world=World(keys=(listed(AGENCY, not_before=date(2026, 3, 1)),))
    ),
    "no status list": Case("INDETERMINATE", only=("keys.certgen",)),
    "no list at all": Case("INDETERMINATE", only=()),
    "status list of another agency": Case("INDETERMINATE", world=World(status_signer=SECOND)),
    "status list of a stranger": Case("INDETERMINATE", world=World(status_signer=STRANGER)),
    "key list of a stranger": Case("INDETERMINATE", world=World(root=STRANGER)),
    "lists of tomorrow": Case("INDETERMINATE", world=World(list_age=-3 * DAYS, status_age=-3 * DAYS)),
    "sample agency": Case("INDETERMINATE", world=World(name="样例评价中心")),
    "plain address": Case("INDETERMINATE", f"https://{world.HOST}/c/{CODE}"),
    "unknown version": Case("INDETERMINATE", f"https://{world.HOST}/c/{CODE}#2345"),
    "damaged number": Case("INDETERMINATE", qr_text()[:-9]),
    "typed": Case("INDETERMINATE", "Y0000 41 120123 19 5 000001", typed=True),
    "typed, city unknown": Case("INDETERMINATE", "Y000041990123265000001", typed=True),
    "typed, province unknown": Case("INDETERMINATE", "Y000099120123195000001", typed=True),
    "typed, of the future": Case("INDETERMINATE", "Y000011120123995000001", typed=True),
    "typed, another document": Case("INDETERMINATE", "1234567890123456", typed=True),
}  # fmt: skip

CHECK = """
  const now = new Date(given.now);
  const facts = given.facts;
  return Promise.all(given.cases.map(async ({ text, typed, lists, pin }) => {
    const files = lists.map(([name, data]) => ({ name, data: Uint8Array.from(Buffer.from(data, "base64")) }));
    const denied = { mark: "样例", keys: [] };
    const store = await openStore({ pins: [pin], files, denied, sample: false, memory: {}, now, facts });
    const trust = { key: (...asked) => keyOf(store, ...asked), status: (...asked) => statusOf(store, ...asked) };
    return check(text, { facts, config: { sample: false }, trust, now, isTyped: typed });
  }));
"""
IMPORTS = "{ check } from checks.js\n{ openStore, keyOf, statusOf } from store.js"


def lists_of(case: Case) -> dict[str, bytes]:
    return {name: data for name, data in case.world.lists().items() if name in case.only}


@pytest.fixture(scope="module")
def on_the_page() -> dict[str, dict[str, Any]]:
    """What the page's modules say, all in one process."""
    pin = {
        "kind": "list-root",
        "label": world.PIN.label,
        "spki": world.PIN.material.hex(),
        "prefixes": [],
    }
    cases = [
        {
            "text": case.text,
            "typed": case.typed,
            "pin": pin,
            "lists": [
                (name, base64.b64encode(data).decode()) for name, data in lists_of(case).items()
            ],
        }
        for case in CASES.values()
    ]
    given = {"facts": facts(), "now": world.NOW.isoformat(), "cases": cases}
    return dict(zip(CASES, run(CHECK, given, IMPORTS), strict=True))


def in_python(case: Case, folder: Path) -> Report:
    store = TrustStore.open(folder)
    store.add(world.PIN, by="test", now=world.NOW)
    for data in lists_of(case).values():
        store.update(data, world.NOW)
    held = Held.open(folder, allow_sample=False)
    if case.typed:
        return verify_code(case.text, held, world.NOW)
    return verify_photo(world.picture(case.text), held, world.NOW, ocr=False)


@pytest.mark.parametrize("name", CASES)
def test_page_and_python_say_the_same(
    name: str, on_the_page: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    report = in_python(CASES[name], tmp_path / "trust")
    expected = [
        (one.check, one.outcome.value, one.reason.value if one.reason else None, _words(one))
        for one in report.evidence
        if one.check.startswith(MADE_HERE) and one.check not in NOT_HERE
    ]
    shown = on_the_page[name]["evidence"]
    for one in shown:
        has_own = one["check"] in OWN_WORDS and one["outcome"] != "passed"
        one["words"] = None if has_own else Said(**one["said"])
    found = [(one["check"], one["outcome"], one["reason"], one["words"]) for one in shown]
    assert found == expected
    answers = {axis.value: answer.value for axis, answer in report.judgement.answers.items()}
    assert (on_the_page[name]["verdict"], on_the_page[name]["answers"]) == (
        report.verdict.value,
        answers,
    )
    assert report.verdict.value == CASES[name].verdict


def _words(one: Evidence) -> Said | None:
    return None if one.check in OWN_WORDS and one.outcome is not Outcome.PASSED else one.said
