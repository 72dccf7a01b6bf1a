"""Joins the page's ES modules into one classic script, because browsers refuse modules from a disk (file://).

It understands only what our own modules write, and refuses the rest: imports in braces at the start of a
line from "./name.js", and `export` before a function, a constant or a class.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z_]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
_ELSE = re.compile(r"^\s*(?:import|export)\b.*$", re.MULTILINE)


class BundleError(ValueError):
    """A module writes what this does not understand, or modules need each other in a circle."""


def bundle(entry: Path) -> str:
    """One script in which every module that `entry` needs is a closure, each once, needed ones first."""
    done: dict[str, str] = {}
    _add(entry, done, ())
    return '"use strict";\n' + "\n".join(done.values())


def _add(path: Path, done: dict[str, str], above: tuple[str, ...]) -> None:
    name = path.stem
    if name in above:
        raise BundleError(*above, name)
    if name in done:
        return
    text = path.read_text(encoding="utf-8")
    for found in _IMPORT.finditer(text):
        _add(path.with_name(f"{found[2]}.js"), done, (*above, name))
    done[name] = _closure(name, text)


def _closure(name: str, text: str) -> str:
    body = _IMPORT.sub(_taken, text)
    names = [found[2] for found in _EXPORT.finditer(body)]
    body = _EXPORT.sub(r"\1", body)
    if left := _ELSE.search(body):
        raise BundleError(name, left[0])
    return (
        f"// ---- {name}.js ----\nconst ${name} = (() => {{\n{body}\n"
        f"return Object.freeze({{ {', '.join(names)} }});\n}})();\n"
    )


def _taken(found: re.Match[str]) -> str:
    return f"const {{{found[1].replace(' as ', ': ')}}} = ${found[2]};"
