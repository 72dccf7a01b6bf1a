"""A case is kept whole, done again with the same outcome, and says what differs when something does."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from certgen.errors import InputError
from certgen.exchange import payload
from certgen.exchange.register_view import Registered, Standing
from tests.exchange.lists import AGENCY, NOW, ROOT, a_key_list, a_status_list
from tests.exchange.payload_vectors import ORDINARY
from tests.exchange.signing import CODE, HOST
from tests.trust.builders import pem
from tests.verify.world import photo
from verify import case
from verify.pipeline import Against, verify_photo
from verify.trust import pins
from verify.trust.store import TrustStore
from verify.trust_store import Held


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    store = TrustStore.open(tmp_path / "trust")
    store.add(pins.read(pem(ROOT), label="某省中心"), by="张科长", now=NOW)
    store.update(a_key_list(), NOW)
    store.update(a_status_list(), NOW)
    return store.folder


@pytest.fixture
def kept(tmp_path: Path, trust: Path) -> Path:
    """A photo that is VALID, and the case made of it."""
    original = tmp_path / "IMG_1.png"
    original.write_bytes(photo(payload.sign(HOST, CODE, ORDINARY, AGENCY)))
    entry = Registered(
        CODE,
        Standing.ISSUED,
        ORDINARY.name,
        ORDINARY.identity_type,
        ORDINARY.last_four,
        ORDINARY.occupation,
        ORDINARY.job,
        ORDINARY.issue_date,
    )
    against = Against(register=case.Answered("register.db", {CODE: entry}))
    report = verify_photo(
        original, Held.open(trust, allow_sample=False), NOW, ocr=False, against=against
    )
    assert report.verdict == "VALID"
    how = case.How("photo", original.name, now=NOW.isoformat(), software=report.software)
    case.keep(tmp_path / "case", report, how, original, trust, against)
    return tmp_path / "case"


def test_a_case_done_again_comes_out_the_same(kept: Path, trust: Path) -> None:
    shutil.rmtree(trust)  # the user's own store has moved on meanwhile
    again = case.rerun(kept)
    assert again.differences == ()
    assert again.report.verdict == "VALID"


def test_the_original_is_in_it_untouched_and_so_are_lists_and_answers(
    kept: Path, tmp_path: Path
) -> None:
    assert (kept / "original" / "IMG_1.png").read_bytes() == (tmp_path / "IMG_1.png").read_bytes()
    names = {str(path.relative_to(kept)) for path in kept.rglob("*") if path.is_file()}
    assert {"report.json", "report.html", "register.json", "case.json", "README.txt"} <= names
    assert any(name.startswith("trust/") for name in names)


def test_a_changed_original_is_named_and_judged_for_what_it_is_now(kept: Path) -> None:
    (kept / "original" / "IMG_1.png").write_bytes(photo(CODE))
    again = case.rerun(kept)
    told = [said.en for said in again.differences]
    assert "the file original/IMG_1.png of the case was altered" in told
    assert any("verdict: then VALID, now INDETERMINATE" in one for one in told)
    assert any("check payload/signature" in one for one in told)


def test_another_answer_of_the_register_is_told(kept: Path) -> None:
    path = kept / "register.json"
    answers = json.loads(path.read_text("utf-8"))
    answers["answers"][CODE]["standing"] = "void"
    path.write_text(json.dumps(answers), encoding="utf-8")
    told = [said.en for said in case.rerun(kept).differences]
    assert "the file register.json of the case was altered" in told
    assert any("register/entry: then passed, now failed void" in one for one in told)


def test_for_today_an_expired_list_is_told(kept: Path) -> None:
    again = case.rerun(kept, NOW.replace(year=NOW.year + 2))
    assert again.report.verdict == "INDETERMINATE"
    assert any("payload/list-age" in said.en for said in again.differences)


def test_a_folder_with_something_in_it_is_not_overwritten(kept: Path, trust: Path) -> None:
    report = case.rerun(kept).report
    with pytest.raises(InputError, match="not empty"):
        case.keep(kept, report, case.How("code"), None, trust, Against())


def test_a_folder_that_is_no_case_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no case"):
        case.rerun(tmp_path)


def test_a_path_that_leads_out_of_the_case_is_not_followed(kept: Path) -> None:
    path = kept / "case.json"
    found = json.loads(path.read_text("utf-8"))
    found["files"]["../trust/pins.json"] = "0" * 64
    found["how"]["source"] = "../../IMG_1.png"
    path.write_text(json.dumps(found), encoding="utf-8")
    told = [said.en for said in case.rerun(kept).differences]
    assert "the case lacks the file ../trust/pins.json" in told


def test_a_person_is_one_claim_of_many(kept: Path) -> None:
    report = case.rerun(kept).report
    assert replace(report, picture=b"").to_json()["claims"]
