"""What a stock definition must obey in form: every slot named once, with a state and at most one place.

Each rule yields a problem with the key it is about.
"""

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from certgen.errors import Said
from certgen.exchange.agency_shape import Problem, Tree
from certgen.exchange.toml_lines import KeyPath
from certgen.model.page import Mm
from certgen.stock.dates import PARTS, WHOLE
from certgen.stock.definition import FRONT, Key, State, slot_ids
from certgen.stock.draft import NUMBER, Draft

LONGEST: Mm = 1200.0
"""No sheet is longer."""

FARTHEST = 2 * LONGEST
"""No number of a definition is larger."""

Rule = Callable[[Draft], Iterator[Problem]]

_PICTURES = frozenset({"photo", "qr"})
SAMPLE = "sample_mark"
DATES = WHOLE | set(PARTS)
_PLACES = frozenset({"x0", "x1", "baseline"})
_STATES = "、".join(State), ", ".join(State)


def _numbers_are_lengths(draft: Draft) -> Iterator[Problem]:
    """TOML knows nan and inf."""
    tables: list[tuple[KeyPath, Tree]] = [((), draft.tree)]
    tables += [
        ((name,), draft.tree[name])
        for name in ("scan", "check", "photo", "qr")
        if name in draft.tree
    ]
    tables += [(path, row) for path, _, row in (*draft.slots(), *draft.seals())]
    for path, table in tables:
        for key, value in table.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if number and not abs(value) <= FARTHEST:
                yield problem(
                    (*path, key), "不是合理的数字，请改正", "no sensible number: correct it"
                )


def _the_sheet_has_a_size(draft: Draft) -> Iterator[Problem]:
    for key in ("width", "height"):
        if not 40 <= draft.tree[key] <= LONGEST:
            yield problem(
                (key,), f"应在 40 至 {LONGEST:g} 毫米之间", f"must be between 40 and {LONGEST:g} mm"
            )


def _every_slot_is_known_and_named_once(draft: Draft) -> Iterator[Problem]:
    wanted = {
        Key(side, slot)
        for side, layout in enumerate(draft.layouts)
        for slot in slot_ids(layout, side)
        if slot not in _PICTURES
    }
    seen: set[Key] = set()
    for path, key, _ in (*draft.slots(), *draft.seals()):
        last = "owner" if path[0] == "seal" else "id"
        here = (*path, last)
        if key not in wanted or key.slot.startswith("seal.") != (path[0] == "seal"):
            yield Problem(here, _unknown(key, wanted))
        elif key in seen:
            yield problem(
                here, f"“{key.slot}”写了两次，请删去一处", f"{key.slot} is given twice: remove one"
            )
        seen.add(key)
    for key in sorted(wanted - seen):
        table = "seal" if key.slot.startswith("seal.") else "slot"
        yield problem(
            (table,),
            f"缺少{_on_side(key).zh}“{key.slot}”：请写明 printed（已印好）、data（打印）或 none（不用）",
            f"{key.slot}{_on_side(key).en} is missing: say whether it is printed, data or none",
        )


def _states_are_states(draft: Draft) -> Iterator[Problem]:
    rows = [(path, row) for path, _, row in (*draft.slots(), *draft.seals())]
    if "qr" in draft.tree:
        rows.append((("qr",), draft.tree["qr"]))
    for path, row in rows:
        if row.get("state") not in list(State):
            zh, en = _STATES
            yield problem((*path, "state"), f"应为 {zh} 之一", f"must be one of {en}")


def _pictures_are_of_the_form(draft: Draft) -> Iterator[Problem]:
    for name, there in (("photo", draft.layouts[FRONT].photo), ("qr", draft.layouts[FRONT].qr)):
        if name in draft.tree and there is None:
            yield problem((name,), "此式样没有这一项，请删去", "this form has none: remove it")


def _moves_say_one_thing(draft: Draft) -> Iterator[Problem]:
    rules = {Key(side, one.id) for side, layout in enumerate(draft.layouts) for one in layout.rules}
    for path, key, row in draft.slots():
        places, shifts = _PLACES & row.keys(), {"dx", "dy"} & row.keys()
        if places and shifts:
            yield problem(
                (*path, min(shifts)),
                "位置（x0、x1、baseline）与移动量（dx、dy）只写一种",
                "give a place (x0, x1, baseline) or a shift (dx, dy), not both",
            )
        elif places and draft.text(key) is None:
            yield problem(
                (*path, min(places)),
                "线条只能用 dx、dy 移动，底纹不能移动",
                "a line is moved by dx and dy, a ground not at all",
            )
        elif shifts and draft.text(key) is None and key not in rules:
            yield problem(
                (*path, min(shifts)), "底纹不能移动，请删去", "a ground is not moved: remove it"
            )


def _lines_are_no_more_than_the_form_has(draft: Draft) -> Iterator[Problem]:
    for path, key, row in draft.slots():
        if "max_lines" in row:
            text = draft.text(key)
            most = text.max_lines if text else 0
            if not 1 <= row["max_lines"] <= most:
                yield problem(
                    (*path, "max_lines"),
                    f"应为 1 至 {most}" if most else "只有文字有行数，请删去",
                    f"must be 1 to {most}" if most else "only a text has lines: remove it",
                )


def _values_belong_to_holders(draft: Draft) -> Iterator[Problem]:
    """What differs from holder to holder is on no blank sheet; only the number of the sheet itself is."""
    for path, key, row in draft.slots():
        text, state = draft.text(key), row.get("state")
        if text is None or state == State.DATA or text.parts[0].key == NUMBER:
            continue
        if text.parts[0].key == SAMPLE:
            yield problem(
                (*path, "state"),
                "样例标记只能是 data：只在样例机构的证书上打印",
                "the sample mark can only be data: it is printed for sample agencies alone",
            )
        elif not text.static and not (key.slot in DATES and state == State.NONE):
            yield problem(
                (*path, "state"),
                "各证不同的内容只能是 data（打印）",
                "what differs from certificate to certificate can only be data",
            )


def _a_date_is_printed_once(draft: Draft) -> Iterator[Problem]:
    """Whole, or its year, month and day each in a blank of its own."""
    states = {key.slot: (path, row.get("state")) for path, key, row in draft.slots()}
    for whole in WHOLE & states.keys():
        wanted = {State.NONE} if states[whole][1] == State.DATA else {State.DATA}
        for part in PARTS:
            path, state = states.get(part, ((), None))
            if path and state not in wanted:
                yield problem(
                    (*path, "state"),
                    f"发证日期或整项打印（{whole} 为 data，年月日为 none），或分填（{whole} 为 none，三项为 data）",
                    f"the issue date is printed whole ({whole} data, year, month and day none) or in parts ({whole} "
                    "none, all three data)",
                )


def _the_scan_is_there(draft: Draft) -> Iterator[Problem]:
    scan = draft.tree.get("scan", {})
    if scan and not 50 <= scan["dpi"] <= 2400:
        yield problem(("scan", "dpi"), "应在 50 至 2400 之间", "must be between 50 and 2400")
    if scan and abs(scan.get("angle_deg", 0.0)) > 10:
        yield problem(
            ("scan", "angle_deg"),
            "歪斜超过 10 度：请放正后重新扫描",
            "turned by more than 10 degrees: lay the sheet straight and scan it again",
        )


def _unknown(key: Key, wanted: set[Key]) -> Said:
    known = [one.slot for one in wanted if one.side == key.side]
    if not known:
        return Said("此式样没有这一面", "this form has no such side")
    near = get_close_matches(key.slot, known, n=1, cutoff=0.5)
    zh, en = (f"；是否应为 {near[0]}？", f"; did you mean {near[0]}?") if near else ("", "")
    return Said(f"此式样没有“{key.slot}”{zh}", f"this form has no {key.slot}{en}")


def _on_side(key: Key) -> Said:
    if key.side == FRONT:
        return Said("", "")
    return Said(f"第 {key.side + 1} 面的", f" on side {key.side + 1}")


def problem(path: KeyPath, zh: str, en: str) -> Problem:
    """A problem in both languages."""
    return Problem(path, Said(zh, en))


RULES_OF_FORM: tuple[Rule, ...] = (
    _numbers_are_lengths,
    _the_sheet_has_a_size,
    _every_slot_is_known_and_named_once,
    _states_are_states,
    _pictures_are_of_the_form,
    _moves_say_one_thing,
    _lines_are_no_more_than_the_form_has,
    _values_belong_to_holders,
    _a_date_is_printed_once,
    _the_scan_is_there,
)
