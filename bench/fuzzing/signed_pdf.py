"""Target: a signed PDF. Whatever the bytes, the examination ends, and accepts only what the agency signed.

Seeds are genuine certificates of every level and the forger's whole stock, made anew with new keys: crossing one with
the other makes new forgeries. What is accepted must say what a genuine one says: page, fields, signers, times.
"""

import json
import logging
import tempfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path

from verify.checks.signed_pdf import policy as policies
from verify.checks.signed_pdf.examination import examine_here
from verify.checks.signed_pdf.policy import Question
from verify.checks.signed_pdf.report import SignatureReport

MAX_LEN = 100_000
SECONDS = 30  # an honest file takes 0.1; this is a slow machine's worst with the engine beside it
TRUSTED = Path(tempfile.gettempdir()) / "fuzz-signed-pdf.json"
"""Roots and facts of the run at hand: the engine is another process than the one that made the seeds."""


def seeds() -> Iterator[bytes]:
    """Genuine files and forgeries."""
    from tests.forger import families, forgery, genuine, house, longterm  # noqa: PLC0415 - they make keys

    files = [*longterm.genuine().values(), longterm.b_lta(), genuine.another_holder_s()]
    question = Question(genuine.policy(), house.NOW)
    facts = [facts_of(examine_here(data, question)) for data in files]
    asked = {"policy": policies.to_json(question.policy), "now": house.NOW.isoformat()}
    TRUSTED.write_text(json.dumps({**asked, "facts": facts}), encoding="utf-8")
    yield from files
    for family in sorted(Path(next(iter(families.__path__))).glob("[a-z]*.py")):
        import_module(f"tests.forger.families.{family.stem}")
    for one in forgery.ALL:
        if one.policy is None and not one.name.startswith("heavy"):
            data = one.make()
            if len(data) <= MAX_LEN:
                yield data


def facts_of(report: SignatureReport) -> str:
    """What may never differ in an accepted file: page, fields, signers and times."""
    page = report.page
    shown = (page.text, page.code, page.title, page.author, page.photo_sha256) if page else None
    seals = [
        (one.field, one.signer, one.certificate_sha256, str(one.stated), str(one.proved))
        for one in report.seals
    ]
    return repr((shown, seals))


@cache
def _trusted() -> tuple[Question, frozenset[str]]:
    asked = json.loads(TRUSTED.read_text("utf-8"))
    now = datetime.fromisoformat(asked["now"])
    return Question(policies.from_json(asked["policy"]), now), frozenset(asked["facts"])


def run(data: bytes) -> None:
    """One input."""
    logging.disable(logging.CRITICAL)  # of the engines: they speak of every broken table
    question, facts = _trusted()
    report = examine_here(data, question)
    if report.accepted and facts_of(report) not in facts:
        raise AssertionError(report.sha256)
