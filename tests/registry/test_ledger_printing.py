"""Sheets and the printer: taken once, put right after a jam or a double feed, never two certificates on one sheet.

The pile is `00012001` and on; numbers in these tests count from 1. `on` gives what really stands where.
"""

import pytest

from certgen.errors import CertgenError, InputError, RegisterError
from certgen.model.serials import Serial
from certgen.registry.entries import Mark
from certgen.registry.ledger.values import JobKind, PrintJob, Request, Seen, SheetState
from certgen.registry.register import Register

from .builders import Clock, wanted
from .paper import ask, closes, done, issued, on, seen, serial, spans, states, stock, take


@pytest.fixture
def codes(register: Register, job: str) -> list[str]:
    """Eight issued numbers, 01 to 08, and a pile of twenty sheets."""
    stock(register, 20)
    return issued(register, job, 8)


def placed(*codes: int, start: int = 1) -> dict[int, str]:
    """These certificates on sheets one after another."""
    return {start + index: f"{one:02d}" for index, one in enumerate(codes)}


# Taking sheets


def test_page_by_page_the_certificates_get_the_next_sheets(
    register: Register, codes: list[str]
) -> None:
    printed = take(register, codes[:5], start=3)
    assert printed.id == "P20260105-01"
    assert [(page.serial.text, page.code) for page in printed.pages] == [
        (f"0001200{index + 3}", one) for index, one in enumerate(codes[:5])
    ]
    assert on(register) == placed(1, 2, 3, 4, 5, start=3)
    closes(register)


def test_the_same_request_meets_its_own_sheets_again(register: Register, codes: list[str]) -> None:
    first = register.ledger.take(ask(codes), codes)
    again = register.ledger.take(ask(codes), codes)
    assert (first.known, again.known) == (False, True)
    assert first.job == again.job
    assert register.ledger.unfinished() == ("P20260105-01",)
    done(register, again)
    assert register.ledger.unfinished() == ()
    known = register.ledger.known(ask(codes))
    assert known is not None
    assert known.sha256 == "d" * 64
    with pytest.raises(RegisterError, match="finished with another file"):
        register.ledger.finish("P20260105-01", "e" * 64)


def test_sheets_that_are_gone_are_passed_over_and_told(
    register: Register, codes: list[str]
) -> None:
    register.ledger.spoil(spans(3), "卡纸")
    take(register, codes[:2], start=5)
    taken = register.ledger.take(ask(codes[2:6]), codes[2:6])
    assert [(one.serial.text, one.state) for one in taken.skipped] == [
        ("00012003", SheetState.SPOILED),
        ("00012005", SheetState.PRINTED),
        ("00012006", SheetState.PRINTED),
    ]
    assert on(register) == {1: "03", 2: "04", 4: "05", 5: "01", 6: "02", 7: "06"}
    closes(register)


def test_a_second_operator_is_told_the_next_free_sheet(
    register: Register, codes: list[str]
) -> None:
    take(register, codes[:5])
    with pytest.raises(RegisterError, match=r"00012003 is printed \(job P20260105-01\).* 00012006"):
        register.ledger.take(ask(codes[5:], 3), codes[5:])
    take(register, codes[5:], start=6)
    closes(register)


@pytest.mark.parametrize("start", [13, 20])
def test_too_few_sheets_take_none(register: Register, codes: list[str], start: int) -> None:
    if start == 13:
        register.ledger.spoil(spans(16), "卡纸")
    with pytest.raises(RegisterError, match=r"only [17] blank sheets from .* 8 are needed"):
        register.ledger.take(ask(codes, start), codes)
    assert set(states(register)) <= {"b", "s"}
    assert register.ledger.unfinished() == ()


def test_a_certificate_on_a_live_sheet_is_refused_with_what_to_do(
    register: Register, codes: list[str]
) -> None:
    take(register, codes[:2])
    with pytest.raises(RegisterError, match="--again 00012001, for a re-issue --reissue"):
        register.ledger.take(ask(codes[:1], 9), codes[:1])
    register.ledger.issue(spans(1))
    with pytest.raises(RegisterError, match="--reissue"):
        register.ledger.take(ask(codes[:1], 9), codes[:1])


@pytest.mark.parametrize("kind", [JobKind.PRINT, JobKind.REISSUE])
def test_only_numbers_in_good_standing_are_printed(
    register: Register, job: str, codes: list[str], kind: JobKind
) -> None:
    (pending,) = [one.code for one in register.reserve(job, [wanted(9)])]
    register.import_numbers(
        [wanted(10, adopted_code="Y000011000001263000099", photo=None, photo_sha256="")],
        file="old.xlsx",
        sha256="f" * 64,
    )
    register.void(codes[0], "姓名有误")
    register.mark(codes[1], Mark.SUSPENDED, "复核中")
    for one, says in [
        (codes[0], "is void"),
        (codes[1], "is suspended"),
        (str(pending), "is pending"),
        ("Y000011000001263000099", "made elsewhere"),
        ("Y000011000001263000500", "has no code"),
    ]:
        with pytest.raises(RegisterError, match=says):
            register.ledger.take(ask([codes[2], one], 1, kind), [codes[2], one], "遗失")
    assert states(register) == "b" * 20


# A jam


@pytest.fixture
def job_of_eight(register: Register, codes: list[str]) -> PrintJob:
    return take(register, codes)


def test_after_a_jam_the_rest_goes_on_behind_the_spoiled_sheets(
    register: Register, job_of_eight: PrintJob
) -> None:
    taken = register.ledger.resume(seen(job_of_eight, 4, spoiled=(5, 6), reason="卡纸"))
    rest = done(register, taken)
    assert [page.serial.text for page in rest.pages] == [f"000120{n:02d}" for n in (7, 8, 9, 10)]
    assert on(register) == placed(1, 2, 3, 4) | placed(5, 6, 7, 8, start=7)
    assert states(register) == "ppppsspppp" + "b" * 10
    assert str(register.ledger.sheet(serial(5)).code).endswith("05")
    closes(register)


def test_the_same_words_after_a_jam_meet_the_same_job(
    register: Register, job_of_eight: PrintJob
) -> None:
    said = seen(job_of_eight, 4, spoiled=(5,), reason="卡纸")
    first = register.ledger.resume(said)
    before = on(register)
    again = register.ledger.resume(said)
    assert (again.known, again.job) == (True, first.job)
    done(register, again)
    assert register.ledger.resume(said).known
    assert on(register) == before
    closes(register)


def test_a_spoiled_sheet_before_the_last_good_one_is_printed_again_too(
    register: Register, job_of_eight: PrintJob
) -> None:
    done(register, register.ledger.resume(seen(job_of_eight, 6, spoiled=(2,), reason="墨污")))
    assert on(register) == {1: "01", 3: "03", 4: "04", 5: "05", 6: "06", 7: "02", 8: "07", 9: "08"}
    closes(register)


def test_a_blank_sheet_torn_in_the_jam_is_spoiled_too(
    register: Register, job_of_eight: PrintJob
) -> None:
    taken = register.ledger.resume(seen(job_of_eight, 7, spoiled=(8, 9), reason="卡纸"))
    done(register, taken)
    assert register.ledger.sheet(serial(9)).code is None
    assert on(register) == placed(1, 2, 3, 4, 5, 6, 7) | {10: "08"}
    closes(register)


def test_where_no_sheet_came_out_well_all_of_them_go_again(
    register: Register, job_of_eight: PrintJob
) -> None:
    taken = register.ledger.resume(seen(job_of_eight, 0, spoiled=(1,), reason="卡纸"))
    done(register, taken)
    assert on(register) == placed(1, 2, 3, 4, 5, 6, 7, 8, start=2)
    closes(register)


def test_a_resumed_job_can_jam_again(register: Register, job_of_eight: PrintJob) -> None:
    second = done(register, register.ledger.resume(seen(job_of_eight, 4)))
    assert [page.serial.text[-2:] for page in second.pages] == ["05", "06", "07", "08"]
    third = done(register, register.ledger.resume(seen(second, 6, spoiled=(7,), reason="卡纸")))
    assert [page.serial.text[-2:] for page in third.pages] == ["08", "09"]
    assert on(register) == placed(1, 2, 3, 4, 5, 6) | {8: "07", 9: "08"}
    closes(register)


def test_nothing_is_left_to_print_when_the_last_was_good(
    register: Register, job_of_eight: PrintJob
) -> None:
    taken = register.ledger.resume(seen(job_of_eight, 8))
    assert (taken.job, taken.moved, taken.returned) == (None, (), ())


@pytest.mark.parametrize(
    ("last", "spoiled", "reason", "says"),
    [
        (12, (), "", "has no certificate of this job"),
        (4, (5,), "", "state the reason"),
        (4, (40,), "卡纸", "neither of this job nor blank"),
    ],
)
def test_a_jam_that_cannot_be_so_changes_nothing(
    register: Register,
    job_of_eight: PrintJob,
    last: int,
    spoiled: tuple[int, ...],
    reason: str,
    says: str,
) -> None:
    with pytest.raises(CertgenError, match=says) as caught:
        register.ledger.resume(seen(job_of_eight, last, spoiled=spoiled, reason=reason))
    assert caught.value.said.zh
    assert on(register) == placed(1, 2, 3, 4, 5, 6, 7, 8)


def test_after_a_jam_certificates_that_are_void_by_now_are_left_out(
    register: Register, codes: list[str], job_of_eight: PrintJob
) -> None:
    register.void(codes[6], "姓名有误")
    taken = register.ledger.resume(seen(job_of_eight, 4))
    assert taken.dropped == (codes[6],)
    done(register, taken)
    assert on(register) == placed(1, 2, 3, 4, 5, 6, 8)
    closes(register)


def test_a_job_of_which_nothing_was_printed_gives_its_sheets_back(
    register: Register, codes: list[str], job_of_eight: PrintJob
) -> None:
    register.ledger.spoil(spans(8), "卡纸")
    returned = register.ledger.cancel(job_of_eight.id)
    assert [one.text for one in returned] == [f"0001200{n}" for n in range(1, 8)]
    assert register.ledger.cancel(job_of_eight.id) == ()
    assert states(register) == "b" * 7 + "s" + "b" * 12
    assert register.ledger.known(ask(codes)) is None
    take(register, codes[:3])
    assert on(register) == placed(1, 2, 3)
    with pytest.raises(RegisterError, match="no print job"):
        register.ledger.cancel("P20260105-77")
    closes(register)


# A double feed


def test_one_look_at_one_sheet_puts_all_behind_a_double_feed_right(
    register: Register, job_of_eight: PrintJob
) -> None:
    """Sheet 4 stuck to sheet 3 and passed unprinted: on sheet 5 stands mark 4, and so on."""
    taken = register.ledger.resume(seen(job_of_eight, shows={5: 4}))
    assert taken.job is None
    assert [one.text for one in taken.returned] == ["00012004"]
    assert on(register) == placed(1, 2, 3) | placed(4, 5, 6, 7, 8, start=5)
    assert states(register) == "pppbppppp" + "b" * 11
    closes(register)


def test_said_twice_a_double_feed_is_put_right_once(
    register: Register, job_of_eight: PrintJob
) -> None:
    for sheet, mark in ((5, 4), (5, 4), (7, 6)):
        register.ledger.resume(seen(job_of_eight, shows={sheet: mark}))
    assert on(register) == placed(1, 2, 3) | placed(4, 5, 6, 7, 8, start=5)
    closes(register)


@pytest.mark.parametrize(("mark", "known"), [("12004", True), ("4", True), ("1200", False)])
def test_the_end_of_a_mark_is_enough_where_it_names_one_page(
    register: Register, job_of_eight: PrintJob, mark: str, *, known: bool
) -> None:
    said = Seen(job_of_eight.id, {serial(5): Serial.parse(mark)})
    if not known:
        with pytest.raises(InputError, match="no page with check mark"):
            register.ledger.resume(said)
        return
    register.ledger.resume(said)
    assert on(register) == placed(1, 2, 3) | placed(4, 5, 6, 7, 8, start=5)


def test_two_double_feeds_and_three_sheets_at_once(
    register: Register, job_of_eight: PrintJob
) -> None:
    register.ledger.resume(seen(job_of_eight, shows={3: 2, 9: 6}))
    assert on(register) == {1: "01"} | placed(2, 3, 4, 5, start=3) | placed(6, 7, 8, start=9)
    assert states(register) == "pbppppbbppp" + "b" * 9
    closes(register)


def test_a_double_feed_and_a_jam_in_one_command(register: Register, job_of_eight: PrintJob) -> None:
    """Sheet 3 passed unprinted, sheet 7 jammed: certificate 6 was on it."""
    said = seen(job_of_eight, 6, shows={4: 3}, spoiled=(7,), reason="卡纸")
    rest = done(register, register.ledger.resume(said))
    assert [(page.serial.text[-2:], page.code[-2:]) for page in rest.pages] == [
        ("08", "06"),
        ("09", "07"),
        ("10", "08"),
    ]
    assert str(register.ledger.sheet(serial(7)).code).endswith("06")
    assert on(register) == placed(1, 2) | {4: "03", 5: "04", 6: "05", 8: "06", 9: "07", 10: "08"}
    assert register.ledger.resume(said).known
    closes(register)


def test_a_double_feed_at_the_end_of_the_pile_asks_where_it_ended(
    register: Register, job_of_eight: PrintJob, job: str
) -> None:
    others = issued(register, job, 11)[8:]
    take(register, others, start=9)  # the other operator's pile begins there
    with pytest.raises(InputError, match="say with --last-good"):
        register.ledger.resume(seen(job_of_eight, shows={5: 4}))
    done(register, register.ledger.resume(seen(job_of_eight, 8, shows={5: 4})))
    assert on(register) == (
        placed(1, 2, 3) | placed(4, 5, 6, 7, start=5) | placed(9, 10, 11, start=9) | {12: "08"}
    )
    closes(register)


@pytest.mark.parametrize(
    ("shows", "says"),
    [
        ({4: 5}, "ahead of its number"),
        ({40: 5}, "neither of this job nor a blank one"),
        ({5: 12}, "no page with check mark 00012012"),
    ],
)
def test_what_cannot_be_a_double_feed_is_refused(
    register: Register, job_of_eight: PrintJob, shows: dict[int, int], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        register.ledger.resume(seen(job_of_eight, shows=shows))
    assert on(register) == placed(1, 2, 3, 4, 5, 6, 7, 8)


def test_behind_a_sheet_that_is_out_nothing_is_moved(
    register: Register, job_of_eight: PrintJob
) -> None:
    register.ledger.issue(spans(6))
    with pytest.raises(InputError, match=r"00012006 is noted as issued.*--again"):
        register.ledger.resume(seen(job_of_eight, shows={5: 4}))
    register.ledger.resume(seen(job_of_eight, shows={9: 8}))
    assert on(register) == placed(1, 2, 3, 4, 5, 6, 7) | {9: "08"}
    closes(register)


def test_a_serial_of_another_pile_is_no_sheet_of_the_job(
    register: Register, job_of_eight: PrintJob
) -> None:
    said = Seen(job_of_eight.id, last_good=Serial.parse("豫0004"))
    with pytest.raises(InputError, match="another pile"):
        register.ledger.resume(said)
    with pytest.raises(RegisterError, match="no print job"):
        register.ledger.resume(Seen("P20260105-77"))


# This one spoiled, again on the next


def again(*sheets: int, start: str = "") -> Request:
    return Request(JobKind.AGAIN, tuple(serial(one).text for one in sheets), start=start)


def test_a_spoiled_sheet_is_printed_again_on_the_next_blank_one(
    register: Register, job_of_eight: PrintJob
) -> None:
    assert job_of_eight
    for _ in range(2):
        done(register, register.ledger.again(again(3), [serial(3)], "墨污"))
    assert on(register) == placed(1, 2) | placed(4, 5, 6, 7, 8, start=4) | {9: "03"}
    done(register, register.ledger.again(again(9), [serial(9)], "墨污"))
    assert on(register)[10] == "03"
    closes(register)


def test_one_that_was_noted_as_spoiled_or_lost_before_needs_no_reason(
    register: Register, job_of_eight: PrintJob
) -> None:
    assert job_of_eight
    register.ledger.spoil(spans(3), "墨污")
    register.ledger.lose(spans(4), "找不到")
    done(register, register.ledger.again(again(3, 4, start="00012015"), [serial(3), serial(4)], ""))
    assert (on(register)[15], on(register)[16]) == ("03", "04")
    with pytest.raises(RegisterError, match="printed again already, on sheet 00012015"):
        register.ledger.again(again(3), [serial(3)], "")
    closes(register)


@pytest.mark.parametrize(
    ("sheet", "reason", "says"),
    [
        (1, "墨污", "--reissue"),
        (12, "墨污", "no certificate to print again"),
        (2, "", "state the reason"),
        (30, "墨污", "no sheet 00012030"),
    ],
)
def test_what_cannot_be_printed_again_is_refused(
    register: Register, job_of_eight: PrintJob, sheet: int, reason: str, says: str
) -> None:
    assert job_of_eight
    register.ledger.issue(spans(1))
    with pytest.raises(CertgenError, match=says):
        register.ledger.again(again(sheet), [serial(sheet)], reason)
    assert on(register) == placed(1, 2, 3, 4, 5, 6, 7, 8)


# Re-issue 补发


def test_a_reissue_keeps_the_number_and_takes_a_new_sheet(
    register: Register, codes: list[str], job_of_eight: PrintJob, clock: Clock
) -> None:
    assert job_of_eight
    register.ledger.issue(spans(1, 2))
    clock.sleep(days=30)
    request = ask(codes[:1], 9, JobKind.REISSUE)
    for _ in range(2):
        done(register, register.ledger.take(request, codes[:1], "遗失"))
    old, new = register.ledger.of_certificate(codes[0])
    assert (old.state, old.replaced, old.live) == (SheetState.ISSUED, True, False)
    assert (new.serial, new.reissue, new.live) == (serial(9), True, True)
    (event,) = [one for one in register.events(codes[0]) if one.what == "reissued"]
    assert event.detail == "No. 00012009 · 遗失"
    assert [one.what for one in register.ledger.history(serial(1))[1]] == [
        "printed",
        "issued",
        "replaced",
    ]
    closes(register)
    register.ledger.issue([], codes[:1])
    assert states(register)[:9] == "ii" + "p" * 6 + "i"
    closes(register)


def test_a_reissue_that_is_spoiled_stays_one_on_the_next_sheet(
    register: Register, codes: list[str], job_of_eight: PrintJob
) -> None:
    assert job_of_eight
    register.ledger.issue(spans(1))
    first = done(
        register, register.ledger.take(ask(codes[:1], 9, JobKind.REISSUE), codes[:1], "遗失")
    )
    register.ledger.resume(seen(first, shows={10: 9}))
    done(register, register.ledger.again(again(10), [serial(10)], "卡纸"))
    assert [sheet.reissue for sheet in register.ledger.of_certificate(codes[0])] == [
        False,
        True,
        True,
    ]
    assert len([one for one in register.events(codes[0]) if one.what == "reissued"]) == 1
    closes(register)


def test_what_was_never_on_a_sheet_of_the_ledger_can_be_reissued(
    register: Register, codes: list[str]
) -> None:
    """Printed by a shop, before there was a ledger."""
    done(register, register.ledger.take(ask(codes[:1], 1, JobKind.REISSUE), codes[:1], "遗失"))
    assert on(register) == {1: "01"}
    closes(register)


@pytest.mark.parametrize("reason", ["", "990000190001000012 遗失"])
def test_a_reissue_needs_a_reason_that_may_be_kept(
    register: Register, codes: list[str], reason: str
) -> None:
    with pytest.raises(InputError):
        register.ledger.take(ask(codes[:1], 1, JobKind.REISSUE), codes[:1], reason)
    assert states(register) == "b" * 20


def test_what_was_not_handed_out_is_no_reissue(
    register: Register, codes: list[str], job_of_eight: PrintJob
) -> None:
    assert job_of_eight
    with pytest.raises(RegisterError, match="was not noted as issued"):
        register.ledger.take(ask(codes[:1], 9, JobKind.REISSUE), codes[:1], "遗失")
