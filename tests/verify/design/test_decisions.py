from datetime import date
from pathlib import Path

import pytest

from certgen.errors import InputError
from certgen.model.box import Box
from tests.verify.design.designs import (
    FILING,
    GOLD,
    RED,
    base,
    hidden,
    plain,
    unread,
    with_graphic,
    with_text,
)
from verify.design.decisions import Answer, Decision, Reviewed, load, reviewed
from verify.design.design import Design, Hiding
from verify.design.finding import Kind
from verify.design.linter import lint
from verify.design.profiles import combined

DAY = date(2026, 11, 28)
SHA = base().source.sha256
ROUND = Box(120, 70, 160, 110)


def decision(rule: str, answer: Answer = Answer.ACCEPTED, **more: object) -> Decision:
    return Decision(rule, answer, "地名", "王审查", DAY, SHA, **more)  # type: ignore[arg-type]


def decided(design: Design, *made: Decision) -> Reviewed:
    return reviewed(lint(design, combined(), FILING), made)


def test_an_accepted_span_is_closed_with_person_and_reason() -> None:
    review = decided(
        with_text(plain(), "中原区全国通街道"), decision("wording/state-name", text="全国通街道")
    )
    (item,) = [item for item in review.items if item.decision]
    assert (item.kind, item.finding.kind) == (Kind.NOTE, Kind.ERROR)
    assert "王审查" in item.decision.said.zh  # type: ignore[union-attr]
    assert review.exit_code == 0
    assert review.unused == ()


def test_another_place_with_the_same_word_stays_an_error() -> None:
    design = with_text(plain(), "中原区全国通街道；全国有效")
    review = decided(design, decision("wording/state-name", text="全国通街道"))
    assert len(review.of(Kind.ERROR)) == 1
    assert review.exit_code == 1


@pytest.mark.parametrize(
    ("made", "why"),
    [
        pytest.param(decision("wording/state-name"), "确切", id="without a span"),
        pytest.param(decision("wording/state-name", text="别处"), "没有对应", id="elsewhere"),
        pytest.param(decision("title/other-title", text="全国"), "没有对应", id="another rule"),
        pytest.param(
            Decision("wording/state-name", Answer.ACCEPTED, "x", "y", DAY, "f" * 64, text="全国"),
            "摘要不同",
            id="another file",
        ),
    ],
)
def test_a_decision_that_closes_nothing_is_reported(made: Decision, why: str) -> None:
    review = decided(with_text(plain(), "全国通用"), made)
    assert review.exit_code == 1
    (unused,) = review.unused
    assert why in unused.said.zh


def test_hidden_text_cannot_be_signed_off() -> None:
    review = decided(
        hidden(plain(), "国家级", Hiding.SAME_COLOUR),
        decision("hidden/unpainted-text", text="国家级"),
    )
    assert review.exit_code == 1
    assert "不能签核" in review.unused[0].said.zh


def test_a_suspected_emblem_may_turn_out_to_be_something_else() -> None:
    design = with_graphic(plain(), ROUND, RED, GOLD, near_round=True)
    review = decided(design, decision("marks/national-emblem", Answer.SEEN, page=1, box=ROUND))
    assert review.exit_code == 0
    away = Box(20, 70, 60, 110)
    assert decided(design, decision("marks/national-emblem", Answer.SEEN, box=away)).exit_code == 3


def test_a_person_closes_what_no_machine_decided_or_calls_it_a_breach() -> None:
    design = unread(plain(), "picture-text", ROUND)
    assert decided(design).exit_code == 3
    assert decided(design, decision("hidden/unreadable", Answer.SEEN, box=ROUND)).exit_code == 0
    assert decided(design, decision("hidden/unreadable", Answer.BREACH, box=ROUND)).exit_code == 1


def test_what_a_person_saw_where_the_machine_saw_nothing_is_evidence() -> None:
    breach = decided(plain(), decision("marks/government-logo", Answer.BREACH, page=1, box=ROUND))
    assert [item.finding.rule for item in breach.of(Kind.ERROR)] == ["marks/government-logo"]
    seen = decided(plain(), decision("marks/government-logo", Answer.SEEN))
    assert (seen.exit_code, seen.unused) == (0, ())
    assert any(item.decision for item in seen.items)


GOOD = f"""[[decision]]
rule = "wording/state-name"
text = "全国通街道"
verdict = "accepted"
reason = "地名"
by = "王审查"
date = 2026-11-28
sha256 = "{SHA}"
"""


def test_a_file_is_read_as_it_is_written_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "a.decisions.toml"
    path.write_text(GOOD, encoding="utf-8")
    (made,) = load(path)
    assert made == decision("wording/state-name", text="全国通街道")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(GOOD.replace('reason = "地名"\n', ""), "reason", id="no reason"),
        pytest.param(GOOD.replace('by = "王审查"', 'by = " "'), "by", id="nobody"),
        pytest.param(GOOD.replace("state-name", "no-such"), "wording/no-such", id="no such rule"),
        pytest.param(GOOD.replace("2026-11-28", '"gestern"'), "date", id="no day"),
        pytest.param(GOOD.replace('"accepted"', '"ok"'), "verdict", id="no such verdict"),
        pytest.param("decision = 3", "[[decision]]", id="another shape"),
        pytest.param("[[decision", "TOML", id="not TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(
    tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "a.decisions.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="decisions") as problem:
        load(path)
    assert says in problem.value.said.zh
