"""What the content of a page paints with: colours, total ink, black text, thin lines, how fine its pictures are.

The operators are followed far enough for that: graphics state, colour, matrix, forms within forms.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from certgen.model.finding import Severity
from verify.preflight.found import Findings, Where, found
from verify.preflight.profile import Limits, Standard

Matrix = tuple[float, float, float, float, float, float]
_WHOLE: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 12  # forms within forms
_PAINTS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
_FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
_STROKES = frozenset({"S", "s", "B", "B*", "b", "b*"})


@dataclass(frozen=True, slots=True)
class _State:
    matrix: Matrix = _WHOLE
    fill: tuple[float, ...] = (0.0,)  # DeviceGray black, ISO 32000-1 8.4.1
    stroke: tuple[float, ...] = (0.0,)
    width: float = 1.0
    text_mode: int = 0
    overprint: bool = False


@dataclass(slots=True)
class _Seen:
    """What was noticed on one page, each kind once with an example."""

    where: Where
    limits: Limits
    standard: Standard
    told: dict[str, Any] = field(default_factory=dict)

    def tell(self, code: str, zh: str, en: str, severity: Severity = Severity.ERROR) -> None:
        self.told.setdefault(code, found(self.where, code, zh=zh, en=en, severity=severity))


def check(page: Any, where: Where, standard: Standard, limits: Limits) -> Findings:  # noqa: ANN401 (pikepdf's pages)
    """Follow the page's content."""
    seen = _Seen(where, limits, standard)
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    _follow(pikepdf.parse_content_stream(page), resources, _State(), seen, 0)
    yield from seen.told.values()


def _follow(steps: Iterable[Any], resources: Any, state: _State, seen: _Seen, depth: int) -> None:  # noqa: ANN401
    stack: list[_State] = []
    for step in steps:
        operator, operands = str(step.operator), step.operands
        if operator == "q":
            stack.append(state)
        elif operator == "Q":
            state = stack.pop() if stack else state
        elif operator == "Do":
            _draw(str(operands[0]), resources, state, seen, depth)
        elif operator in {"BI", "INLINE IMAGE"}:
            seen.tell(
                "inline-picture", "含有内嵌图像", "an inline picture is used", Severity.WARNING
            )
        elif operator == "sh":
            _shading(str(operands[0]), resources, seen)
        else:
            state = _changed(state, operator, operands, resources, seen)
            _painted(operator, state, seen)


def _changed(state: _State, operator: str, operands: Any, resources: Any, seen: _Seen) -> _State:  # noqa: ANN401
    match operator:
        case "cm":
            state = replace(state, matrix=_product(_numbers(operands), state.matrix))
        case "w":
            state = replace(state, width=float(operands[0]))
        case "Tr":
            state = replace(state, text_mode=int(operands[0]))
        case "gs":
            state = _with_graphics_state(state, str(operands[0]), resources)
        case "rg" | "RG":
            seen.tell("rgb", "使用了 RGB 颜色", "an RGB colour is used")
            state = _coloured(state, operator, operands)
        case "cs" | "CS":
            _colour_space(str(operands[0]), resources, seen)
            state = _coloured(state, operator, ())
        case "k" | "K" | "g" | "G" | "sc" | "scn" | "SC" | "SCN":
            state = _coloured(state, operator, operands)
        case _:
            pass
    return state


def _coloured(state: _State, operator: str, operands: Iterable[Any]) -> _State:
    """The state after a colour is set; a capital letter means the stroke."""
    parts = tuple(float(part) for part in operands if not isinstance(part, pikepdf.Name)) or (0.0,)
    return replace(state, stroke=parts) if operator.isupper() else replace(state, fill=parts)


def _with_graphics_state(state: _State, name: str, resources: Any) -> _State:  # noqa: ANN401
    given = resources.get("/ExtGState", pikepdf.Dictionary()).get(name, pikepdf.Dictionary())
    overprint = bool(given.get("/op", given.get("/OP", state.overprint)))
    width = float(given.get("/LW", state.width))
    return replace(state, overprint=overprint, width=width)


def _painted(operator: str, state: _State, seen: _Seen) -> None:
    if operator in _PAINTS_TEXT and state.text_mode in {0, 1, 2, 4, 5, 6}:
        colour = state.stroke if state.text_mode in {1, 5} else state.fill
        if len(colour) == 4 and colour[3] > 0.6 and sum(colour[:3]) > 0.3:
            inks = " ".join(f"{part * 100:.0f}" for part in colour)
            seen.tell(
                "rich-black-text",
                f"文字用四色黑（{inks}），套印不准会发虚",
                f"text in black of four inks ({inks})",
            )
        _ink(colour, state, seen)
    if operator in _FILLS:
        _ink(state.fill, state, seen)
    if operator in _STROKES:
        _ink(state.stroke, state, seen)
        width = state.width * _scale(state.matrix)
        if width < seen.limits.hairline_pt - 1e-6:
            seen.tell("hairline", f"线条只有 {width:.2f} 磅", f"a line of {width:.2f} pt")


def _ink(colour: tuple[float, ...], state: _State, seen: _Seen) -> None:
    if len(colour) == 4 and sum(colour) > seen.limits.ink:
        seen.tell(
            "total-ink",
            f"总墨量 {sum(colour) * 100:.0f} %",
            f"total ink of {sum(colour) * 100:.0f} %",
        )
    white = (len(colour) == 4 and not any(colour)) or colour == (1.0,)
    if white and state.overprint:
        seen.tell(
            "white-overprint", "白色设为叠印，会消失", "white is set to overprint and will vanish"
        )


def _colour_space(name: str, resources: Any, seen: _Seen) -> None:  # noqa: ANN401
    space = resources.get("/ColorSpace", pikepdf.Dictionary()).get(name, name)
    family = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
    if family in {"/DeviceRGB", "/CalRGB", "/Lab", "/CalGray"}:
        seen.tell("rgb", f"使用了颜色空间 {family[1:]}", f"colour space {family[1:]} is used")
    elif family == "/ICCBased" and (seen.standard is Standard.X1A or space[1].get("/N") != 4):
        seen.tell("icc-colour", "使用了 ICC 颜色", "an ICC-based colour is used")
    elif family in {"/Separation", "/DeviceN"}:
        spot = str(space[1])
        seen.tell(
            "spot-colour", f"使用了专色 {spot}", f"spot colour {spot} is used", Severity.WARNING
        )


def _shading(name: str, resources: Any, seen: _Seen) -> None:  # noqa: ANN401
    shading = resources.get("/Shading", pikepdf.Dictionary()).get(name, pikepdf.Dictionary())
    space = shading.get("/ColorSpace", "")
    if str(space) not in {"/DeviceCMYK", "/DeviceGray"}:
        seen.tell("rgb", "渐变不是 CMYK", "a shading is not CMYK")


def _draw(name: str, resources: Any, state: _State, seen: _Seen, depth: int) -> None:  # noqa: ANN401
    item = resources.get("/XObject", pikepdf.Dictionary()).get(name)
    if item is None:
        seen.tell("missing-picture", f"找不到 {name}", f"{name} is drawn and not there")
    elif item.get("/Subtype") == "/Image":
        _resolution(name, item, state.matrix, seen)
        if item.get("/ImageMask", False):
            _ink(state.fill, state, seen)
    elif item.get("/Subtype") == "/Form" and depth < _DEEPEST:
        inner = _product(_numbers(item.get("/Matrix", _WHOLE)), state.matrix)
        steps = pikepdf.parse_content_stream(item)
        _follow(
            steps, item.get("/Resources", resources), replace(state, matrix=inner), seen, depth + 1
        )


def _resolution(name: str, image: Any, matrix: Matrix, seen: _Seen) -> None:  # noqa: ANN401
    a, b, c, d, _, _ = matrix
    pixels = (int(image.get("/Width", 0)), int(image.get("/Height", 0)))
    if pixels == (1, 1):
        return  # one flat colour
    inches = (math.hypot(a, b) / 72, math.hypot(c, d) / 72)
    dpi = min(
        count / inch if inch else math.inf for count, inch in zip(pixels, inches, strict=True)
    )
    line_art = bool(image.get("/ImageMask", False)) or image.get("/BitsPerComponent", 8) == 1
    least = seen.limits.line_art_dpi if line_art else seen.limits.picture_dpi
    if dpi < least:
        seen.tell(
            "low-resolution",
            f"图像 {name} 只有 {dpi:.0f} dpi，至少 {least:.0f}",
            f"picture {name} has {dpi:.0f} dpi, {least:.0f} is the least",
            Severity.ERROR if line_art or dpi < least / 2 else Severity.WARNING,
        )


def _numbers(operands: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def _product(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _scale(matrix: Matrix) -> float:
    a, b, c, d, _, _ = matrix
    return math.sqrt(abs(a * d - b * c))
