"""What the places of a stock definition would do to the certificate: required contents, the edge, overlaps.

Asked only once every rule of form is kept.
"""

from collections.abc import Iterator
from dataclasses import replace

from certgen.errors import Said
from certgen.exchange.agency_shape import Problem
from certgen.exchange.toml_lines import KeyPath
from certgen.layouts import checks
from certgen.layouts.checks import Box
from certgen.standards import filling
from certgen.standards.forms import FormId
from certgen.stock import check_mark
from certgen.stock.dates import PARTS
from certgen.stock.definition import FRONT, Key, State
from certgen.stock.draft import CHECK_RIGHT_OF_NUMBER, NUMBER, Draft
from certgen.stock.rules_of_form import Rule, problem
from certgen.stock.writing import title


def _every_required_content_is_there(draft: Draft) -> Iterator[Problem]:
    """人社鉴发〔2021〕1号 二(一); the other forms say all their words, but for those that are optional."""
    if "qr" in draft.tree and draft.states.get(Key(FRONT, "qr")) is State.NONE:
        yield problem(("qr", "state"), "二维码不能省去", "the QR code cannot be left out")
    if draft.tree["form"] in {FormId.NATIONAL_2021, FormId.VETERANS_2024}:
        in_parts = draft.states.get(Key(FRONT, PARTS[0])) is State.DATA
        said_already = {"layout/missing-qr"} | (
            {"layout/missing-issue-date"} if in_parts else set()
        )
        for found in checks.missing(draft.sides[FRONT]):
            if found.code not in said_already:
                said = Said(
                    f"{found.said.zh}；现在既未印好也不打印（{found.clause}）",
                    f"{found.said.en}; it is neither printed already nor data ({found.clause})",
                )
                yield Problem(("slot",), said)
        return
    for path, key, row in draft.slots():
        text = draft.text(key)
        static = text is not None and text.static and not text.optional
        if static and row["state"] == State.NONE:
            yield problem(
                (*path, "state"),
                "此式样必有这一项，只能是 printed 或 data",
                "this form always has it: only printed or data",
            )


def _nothing_leaves_the_sheet(draft: Draft) -> Iterator[Problem]:
    width, height = draft.size
    for path, _, box in _printed_boxes(draft):
        if not (box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height):
            yield problem(
                path,
                f"“{title(box.name).zh}”（{box.name}）超出纸张（{width:g} × {height:g} 毫米），请移到纸内",
                f"{box.name} reaches beyond the sheet of {width:g} × {height:g} mm: move it in",
            )
        elif box.x1 <= box.x0:
            yield problem(path, "x1 应大于 x0", "x1 must be greater than x0")


def _nothing_lies_on_another(draft: Draft) -> Iterator[Problem]:
    """What is moved against all that is printed with it; the layout itself was checked before."""
    boxes = [one for one in _printed_boxes(draft) if not one[2].name.startswith("seal.")]
    for at, (path, key, box) in enumerate(boxes):
        for other_path, other_key, other in boxes[at + 1 :]:
            if key.side != other_key.side or not box.meets(other):
                continue
            both = ((path, key, box), (other_path, other_key, other))
            moved = [place for place, one, its in both if _is_moved(draft, one, its)]
            wrap = [one for _, its, _ in both if (one := draft.text(its)) and one.max_lines > 1]
            zh, en = (
                ("，或写 max_lines = 1（只占一行）", " or give it max_lines = 1")
                if wrap
                else ("", "")
            )
            if moved:
                yield problem(
                    moved[-1],
                    f"“{title(box.name).zh}”（{box.name}）与“{title(other.name).zh}”（{other.name}）重叠：请移开{zh}",
                    f"{box.name} and {other.name} overlap: move one of them{en}",
                )


def _is_moved(draft: Draft, key: Key, box: Box) -> bool:
    """Whether it stands elsewhere than in the form's own layout, which was checked before."""
    if key.slot == check_mark.SLOT:
        return "check" in draft.tree
    return box not in map(_before_the_mark, checks.ink_boxes(draft.layouts[key.side]))


def _printed_boxes(draft: Draft) -> Iterator[tuple[KeyPath, Key, Box]]:
    """Where the printer puts ink: all data, and the check mark."""
    paths = {key: path for path, key, _ in (*draft.slots(), *draft.seals())}
    for side, layout in enumerate(draft.sides):
        boxes = [*checks.ink_boxes(layout)]
        boxes += [
            Box(rule.id, rule.x0, rule.y - 0.1, rule.x1, rule.y + 0.1) for rule in layout.rules
        ]
        radius = filling.SEAL_MAX_MM / 2
        boxes += [
            Box(f"seal.{one.owner}", one.x - radius, one.y - radius, one.x + radius, one.y + radius)
            for one in layout.seals
        ]
        for box in boxes:
            key = Key(side, box.name)
            if draft.states[key] is State.DATA:
                yield paths.get(key, (box.name,)), key, _before_the_mark(box)
    yield ("check",), Key(FRONT, check_mark.SLOT), check_mark.box(draft.check)


def _before_the_mark(box: Box) -> Box:
    """The check mark stands in the slot of the print number, behind the number."""
    if box.name == NUMBER:
        return replace(box, x1=min(box.x1, box.x0 + CHECK_RIGHT_OF_NUMBER))
    return box


RULES_OF_PLACE: tuple[Rule, ...] = (
    _every_required_content_is_there,
    _nothing_leaves_the_sheet,
    _nothing_lies_on_another,
)
