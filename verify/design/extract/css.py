"""As much of CSS as drawing programs write into SVG: simple selectors, colours, lengths."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from verify.design.design import Rgb

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,2})?")
_MOST_RULES = 5_000

INHERITED = frozenset(
    {
        *("fill", "fill-opacity", "stroke", "stroke-opacity", "font-size", "font-family"),
        *("visibility", "text-anchor", "writing-mode", "letter-spacing", "color", "font"),
    }
)
PRESENTED = INHERITED | {"opacity", "display", "clip-path", "mask", "filter"}
_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
_NAMED: Mapping[str, Rgb] = {
    "black": (0, 0, 0),
    "white": (255, 255, 255),
    "red": (255, 0, 0),
    "gold": (255, 215, 0),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "green": (0, 128, 0),
    "blue": (0, 0, 255),
    "yellow": (255, 255, 0),
    "orange": (255, 165, 0),
    "maroon": (128, 0, 0),
    "navy": (0, 0, 128),
    "brown": (165, 42, 42),
    "crimson": (220, 20, 60),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
    "darkred": (139, 0, 0),
}


class StyleRule(NamedTuple):
    """One simple selector and what it sets."""

    tag: str
    id: str
    classes: frozenset[str]
    sets: Mapping[str, str]


def rules_of(sheet: str) -> list[StyleRule]:
    """The rules of a style sheet; selectors with combinators count by their last part."""
    rules: list[StyleRule] = []
    for selectors, body in _RULE.findall(_COMMENT.sub("", sheet)):
        sets = declarations(body)
        for selector in selectors.split(","):
            last = re.split(r"[\s>+~]+", selector.strip())[-1]
            found = re.findall(r"([#.]?)([\w-]+)", last.partition(":")[0])
            rules.append(
                StyleRule(
                    next((name for mark, name in found if not mark), ""),
                    next((name for mark, name in found if mark == "#"), ""),
                    frozenset(name for mark, name in found if mark == "."),
                    sets,
                )
            )
            if len(rules) >= _MOST_RULES:
                return rules
    return rules


def declarations(text: str) -> dict[str, str]:
    """'fill:red;opacity:.5' by name."""
    found = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip()
    return found


def styled(
    tag: str, attributes: Mapping[str, str], rules: Sequence[StyleRule], parent: Mapping[str, str]
) -> dict[str, str]:
    """What an element looks like: inherited, presentation attributes, rules, its own style; the last wins."""
    look = {name: value for name, value in parent.items() if name in INHERITED}
    look |= {name: value for name, value in attributes.items() if name in PRESENTED}
    classes = set(attributes.get("class", "").split())
    for rule in rules:
        if (
            rule.tag in {"", tag}
            and rule.id in {"", attributes.get("id", "")}
            and rule.classes <= classes
            and (rule.tag or rule.id or rule.classes)
        ):
            look |= rule.sets
    return look | declarations(attributes.get("style", ""))


def colour(text: str) -> Rgb | None:
    """A colour; None for 'none', a gradient, or what is not known."""
    text = text.strip().lower()
    if text in _NAMED:
        return _NAMED[text]
    if re.fullmatch("#[0-9a-f]{3,4}", text):
        red, green, blue = (int(digit * 2, 16) for digit in text[1:4])
        return red, green, blue
    if re.fullmatch("#[0-9a-f]{6}([0-9a-f]{2})?", text):
        return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
    if text.startswith("rgb"):
        parts = re.findall(r"[0-9.]+%?", text)[:3]
        if len(parts) == 3:
            red, green, blue = (
                round(float(part.rstrip("%")) * (2.55 if part.endswith("%") else 1))
                for part in parts
            )
            return min(red, 255), min(green, 255), min(blue, 255)
    return None


def numbers(text: str) -> list[float]:
    """All numbers of a list: '1,2 3'."""
    return [float(number) for number in _NUMBER.findall(text)[:10_000]]


def number(text: str, default: float) -> float:
    """The first number of a text."""
    found = _NUMBER.search(text)
    return float(found.group()) if found else default


def length(text: str, default: float, *, em: float = 0.0, whole: float = 0.0) -> float:
    """A length in user units (px); em and per cent of `whole` where they are used."""
    found = _NUMBER.match(text.strip())
    if not found:
        return default
    value, unit = float(found.group()), text.strip()[found.end() :].strip().lower()
    if unit == "%":
        return value / 100 * whole
    if unit in {"em", "rem"}:
        return value * em
    return value * _MM.get(unit, _MM["px"]) / _MM["px"]


def length_mm(text: str) -> float | None:
    """A length with its unit in millimetres; None where it has none that is absolute."""
    found = _NUMBER.match(text.strip())
    if not found:
        return None
    unit = text.strip()[found.end() :].strip().lower()
    return float(found.group()) * _MM[unit] if unit in _MM else None
