"""The paper ledger: stock comes in once, sheets go their way, and the database itself refuses the rest."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from certgen.errors import CertgenError, InputError, RegisterError
from certgen.model.serials import Serial, SerialRange
from certgen.registry.ledger.tables import NEXT
from certgen.registry.ledger.values import Sheet, SheetState
from certgen.registry.register import Register

from .builders import Clock
from .paper import STOCK, closes, issued, serial, spans, states, stock, take


def span(text: str) -> SerialRange:
    return SerialRange.parse(text)


# Receipts


def test_stock_comes_in_as_a_range_of_blank_sheets(register: Register) -> None:
    receipt = register.ledger.receive(span("豫A0001-豫A0012"), STOCK, " 张样例 ", "一箱")
    assert (receipt.by, receipt.serials.count) == ("张样例", 12)
    assert register.ledger.receipts() == (receipt,)
    assert states(register) == "b" * 12
    assert register.ledger.sheet(Serial.parse("豫A0007")).state is SheetState.BLANK
    closes(register)


@pytest.mark.parametrize("text", ["00012000-00012001", "00012005", "00012010-00012020"])
def test_a_serial_is_received_once(register: Register, text: str) -> None:
    stock(register, 10)
    with pytest.raises(
        RegisterError, match=r"overlaps 00012001-00012010, received 2026-01-05 by 张样例"
    ):
        register.ledger.receive(span(text), STOCK, "李样例")
    assert states(register) == "b" * 10


def test_the_same_receipt_again_changes_nothing(register: Register) -> None:
    stock(register, 10)
    stock(register, 10)
    assert len(register.ledger.receipts()) == 1


def test_another_form_version_or_pile_may_have_the_same_number(register: Register) -> None:
    for text, version in [
        ("0001-0003", "2026年版"),
        ("0001-0003", "2025年版"),
        ("001-003", "2026年版"),
    ]:
        register.ledger.receive(span(text), version, "张样例")
    with pytest.raises(InputError, match="exists in 2025年版, 2026年版: say which with --stock"):
        register.ledger.sheet(Serial.parse("0002"))
    assert register.ledger.sheet(Serial.parse("0002"), "2025年版").stock == "2025年版"
    assert [one.stock for one in register.ledger.balances()] == ["2025年版", "2026年版"]
    closes(register)


@pytest.mark.parametrize(
    ("by", "says"),
    [
        ("", "state the name of who received it"),
        ("张\n样例", "one line"),
        ("张" * 81, "at most 80"),
        ("张样例 990000190001000012", "identity number"),
        ("９９００００１９０００１００００１２", "identity number"),
    ],
)
def test_a_receipt_names_a_person_and_nothing_that_may_not_leave(
    register: Register, by: str, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        register.ledger.receive(span("0001-0002"), STOCK, by)
    assert not register.ledger.receipts()


# From the printer to the cupboard, the holder or the shredder


@pytest.fixture
def printed(register: Register, job: str) -> list[str]:
    """Five certificates on the first five of ten sheets."""
    stock(register, 10)
    codes = issued(register, job, 5)
    take(register, codes)
    return codes


def test_sheets_go_their_ways(register: Register, printed: list[str]) -> None:
    ledger = register.ledger
    assert [one.code for one in ledger.issue(spans(1, 2), [printed[2]])] == printed[:3]
    ledger.spoil(spans(4, 9), "卡纸")
    ledger.lose(spans(10), "清点时缺少")
    ledger.destroy(spans(4), "甲", "乙")
    assert states(register) == "iiidpbbbsl"
    gone = ledger.sheet(serial(4))
    assert (gone.reason, gone.destroyed_by, gone.witness, gone.code) == (
        "卡纸",
        "甲",
        "乙",
        printed[3],
    )
    receipt, events = ledger.history(serial(4))
    assert receipt.by == "张样例"
    assert [(one.what, one.detail) for one in events] == [
        ("printed", ""),
        ("spoiled", "卡纸"),
        ("destroyed", "甲 / 乙"),
    ]
    closes(register)


Act = Callable[[Register], list[Sheet]]


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda r: r.ledger.issue(spans(6)), "00012006 is blank and cannot be noted as issued"),
        (
            lambda r: r.ledger.spoil(spans(1), "卡纸"),
            "00012001 is issued and cannot be noted as spoiled",
        ),
        (
            lambda r: r.ledger.lose(spans(1), "遗失"),
            "00012001 is issued and cannot be noted as lost",
        ),
        (lambda r: r.ledger.destroy(spans(5), "甲", "乙"), "only spoiled ones"),
        (lambda r: r.ledger.destroy(spans(4), "张 样例A", "张样例ａ "), "two different people"),
        (lambda r: r.ledger.destroy(spans(4), "甲", ""), "name of the witness"),
        (lambda r: r.ledger.spoil(spans(5), " "), "state the reason"),
        (lambda r: r.ledger.spoil(spans(11), "卡纸"), "no sheet 00012011"),
        (lambda r: r.ledger.issue([], ["Y000011000001263000004"]), "stands on no live sheet"),
        (lambda r: r.ledger.issue([], ["Y000011000001263000009"]), "has no code"),
        (lambda r: r.ledger.issue([SerialRange(serial(2), serial(6))]), "00012004 is spoiled"),
    ],
)
def test_a_step_that_cannot_follow_is_refused_and_nothing_is_noted(
    register: Register, printed: list[str], act: Act, says: str
) -> None:
    assert printed
    register.ledger.issue(spans(1))
    register.ledger.spoil(spans(4), "卡纸")
    with pytest.raises(CertgenError, match=says) as caught:
        act(register)
    assert caught.value.said.zh
    assert states(register) == "ippspbbbbb"
    closes(register)


def test_a_step_may_be_repeated(register: Register, printed: list[str]) -> None:
    assert printed
    for _ in range(2):
        register.ledger.issue(spans(1))
        register.ledger.spoil(spans(2), "卡纸")
        register.ledger.lose(spans(3), "遗失")
    register.ledger.destroy(spans(2), "甲", "乙")
    register.ledger.destroy(spans(2), "甲", "乙")
    assert len(register.ledger.history(serial(2))[1]) == 3
    closes(register)


def test_the_sheet_of_a_void_certificate_does_not_go_out(
    register: Register, printed: list[str]
) -> None:
    register.void(printed[0], "姓名有误")
    with pytest.raises(RegisterError, match="is void and its sheet cannot go out"):
        register.ledger.issue([SerialRange(serial(1), serial(5))])
    register.ledger.spoil(spans(1), "证书作废")
    register.ledger.issue([SerialRange(serial(2), serial(5))])
    closes(register)


# The equation


def test_each_day_leads_from_one_balance_to_the_next(
    register: Register, printed: list[str], clock: Clock
) -> None:
    assert printed
    monday = clock().date()
    register.ledger.spoil(spans(6), "卡纸")
    clock.sleep(days=1)
    register.ledger.issue(spans(1, 2))
    register.ledger.lose(spans(6), "废张遗失")  # spoiled the day before
    register.ledger.spoil(spans(7), "污损")
    register.ledger.destroy(spans(7), "甲", "乙")
    register.ledger.spoil(spans(8), "污损")
    register.ledger.lose(spans(8), "废张遗失")  # both on one day
    clock.sleep(days=1)
    register.ledger.receive(span("00013001-00013005"), STOCK, "李样例")
    (first,) = register.ledger.balances(monday)
    (second,) = register.ledger.balances(monday + timedelta(days=1))
    (third,) = register.ledger.balances()
    for one in (first, second, third):
        assert one.closes, one
    assert (first.before.received, first.moved.received, first.after.received) == (0, 10, 10)
    assert (first.after.spoiled, first.after.printed, first.after.blank) == (1, 5, 4)
    moved = second.moved
    assert (moved.issued, moved.spoiled, moved.destroyed, moved.lost) == (2, 0, 1, 2)
    assert (second.after.lost, second.after.destroyed, second.after.remaining) == (2, 1, 5)
    assert (third.after.received, third.after.remaining) == (15, 10)
    assert register.ledger.balances(date(2025, 12, 31))[0].after.received == 0


NEW_SHEET = "INSERT INTO sheets SELECT 99, receipt, stock, {}, '', '' FROM sheets WHERE id = 7"

LOOSE = {
    "a sheet taken out of the table": (
        "DELETE FROM sheets WHERE serial = '00012007'",
        "00012007",
        "missing among the sheets",
    ),
    "a sheet nobody received": (
        NEW_SHEET.format("'00012099', pile, 12099, 'blank', NULL, NULL, 0, 0, ''"),
        "00012099",
        "never received",
    ),
    "a state without its event": (
        "UPDATE sheets SET state = 'lost', reason = 'x' WHERE serial = '00012008'",
        "00012008",
        "is lost, and its history says blank",
    ),
    "an event taken away": (
        "DELETE FROM sheet_events WHERE sheet = 3",
        "00012003",
        "is printed, and its history says blank",
    ),
    "two certificates exchanged": (
        "UPDATE sheets SET code = 'Y000011000001263000006' WHERE serial = '00012002'",
        "00012002",
        "another certificate",
    ),
    "a receipt made longer": (
        "UPDATE stock_receipts SET last = last + 1, count = count + 1",
        "00012011",
        "missing among the sheets",
    ),
}


UNEVEN = {"a sheet taken out of the table", "a sheet nobody received", "a receipt made longer"}
"""What the sums alone would notice."""


@pytest.mark.parametrize("name", LOOSE)
def test_a_ledger_that_was_tampered_with_does_not_close_and_says_where(
    register: Register, job: str, path: Path, name: str
) -> None:
    stock(register, 10)
    take(register, issued(register, job, 6)[:5])
    statement, where, says = LOOSE[name]
    with closing(sqlite3.connect(path)) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)
        connection.commit()
    (balance,) = register.ledger.balances()
    assert not balance.closes
    assert [one.serial for one in balance.disagreements] == [where]
    assert says in balance.disagreements[0].en
    assert balance.after.closes == (name not in UNEVEN)


# What the database itself refuses


def put(sheet: int, state: str, more: str) -> str:
    return f"UPDATE sheets SET state = '{state}', {more} WHERE id = {sheet}"  # noqa: S608  (our own words)


FILLED = {
    "blank": "code = NULL, job = NULL, reason = ''",
    "printed": "reason = ''",
    "issued": "reason = ''",
    "spoiled": "reason = 'x'",
    "lost": "reason = 'x'",
    "destroyed": "reason = 'x', destroyed_by = '甲', witness = '乙'",
}


WAYS = {"blank": (), "printed": (), "destroyed": ("spoiled", "destroyed")}
"""How a printed sheet comes into a state; the others take one step."""


def test_the_database_knows_which_state_may_follow_which(
    register: Register, printed: list[str], path: Path
) -> None:
    assert register
    on_it = f"reason = '', code = '{printed[0]}', job = 'P20260105-01'"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for now, after in product(NEXT, NEXT):
            connection.execute("BEGIN")
            for step in ("blank",) if now == "blank" else WAYS.get(now, (now,)):
                connection.execute(put(1, step, FILLED[step]))
            filled = on_it if after in {"printed", "issued"} else FILLED[after]
            if after == now or after in NEXT[now]:
                connection.execute(put(1, after, filled))
            else:
                with pytest.raises(sqlite3.IntegrityError, match="cannot change its state so"):
                    connection.execute(put(1, after, filled))
            connection.execute("ROLLBACK")


REFUSED = [
    "UPDATE sheets SET state = 'spoiled' WHERE id = 1",
    "UPDATE sheets SET state = 'spoiled', reason = '' WHERE id = 7",
    "UPDATE sheets SET code = (SELECT code FROM sheets WHERE id = 2) WHERE id = 1",
    "UPDATE sheets SET code = 'Y000011000001263000999' WHERE id = 1",
    "UPDATE sheets SET code = NULL WHERE id = 1",
    "UPDATE sheets SET job = 'P20260105-99' WHERE id = 1",
    "UPDATE sheets SET replaced = 1 WHERE id = 1",
    "UPDATE sheets SET serial = '00012099' WHERE id = 7",
    "UPDATE sheets SET state = 'printed' WHERE id = 7",
    NEW_SHEET.format("serial, pile, number, state, code, job, 0, 0, ''"),
    NEW_SHEET.format("'00012099', pile, 12099, 'lost', NULL, NULL, 0, 0, 'x'"),
    "DELETE FROM sheets",
    "DELETE FROM sheet_events",
    "DELETE FROM stock_receipts",
    "DELETE FROM print_pages",
    "UPDATE sheet_events SET detail = 'x'",
    "UPDATE stock_receipts SET received_by = 'x'",
    "UPDATE print_pages SET sheet = 9 WHERE page = 1",
    "INSERT INTO stock_receipts VALUES (9, 'x', '0000', 1, 200001, 200001, '甲', '', '')",
    "INSERT INTO stock_receipts VALUES (9, 'x', '0000', 1, 5, 4, '甲', '', '')",
    "INSERT INTO stock_receipts VALUES (9, 'x', '0000', 1, 5, 5, '', '', '')",
    put(6, "spoiled", "reason = ''"),
    *(
        put(6, "destroyed", f"reason = 'x', destroyed_by = {by}, witness = {witness}")
        for by, witness in [("''", "''"), ("'甲'", "''"), ("''", "'乙'"), ("'甲'", "'甲'")]
    ),
]


def test_the_database_refuses(register: Register, printed: list[str], path: Path) -> None:
    assert printed
    register.ledger.spoil(spans(6), "卡纸")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for statement in REFUSED:
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    closes(register)
