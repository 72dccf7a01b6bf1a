r"""Finds the line on which every key of a TOML file stands, so that messages can say where to look.

The standard library's parser keeps no positions. This second, much simpler walk keeps nothing else.
It expects text that `tomllib` has accepted: what is quoted, nested or commented out is told apart,
errors are not looked for.

>>> lines_of('format = 1\n[[sites]]\nid = "main"  # the only one')[("sites", 0, "id")]
3
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]
"""The way to a value: ('sites', 0, 'prefix'). Numbers count the entries of an array from 0."""

_TOKEN = re.compile(
    r'''
      (?P<text>   """(?:\\[\s\S]|[^\\])*?"""(?:"{0,2})  # may end in quotes of its own
                | \'{3}[\s\S]*?\'{3}(?:\'{0,2})
                | "(?:\\.|[^"\\])*"
                | '[^']*' )
    | (?P<skip>   \#[^\n]* | [ \t\r]+ )
    | (?P<mark>   [\n\[\]{}=,.] )
    | (?P<bare>   [^\s\[\]{}=,.\#"']+ )
    ''',
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    line: int


def lines_of(text: str) -> Mapping[KeyPath, int]:
    """The line, from 1, of every table header, key and array entry of the valid TOML `text`."""
    return _Walk(_tokens(text)).document()


def line_of(lines: Mapping[KeyPath, int], path: KeyPath) -> int:
    """The line of `path`, or of the nearest table around it if the file lacks that key; else 1."""
    around = (path[:length] for length in range(len(path), 0, -1))
    return next((lines[part] for part in around if part in lines), 1)


def written(path: KeyPath) -> str:
    """`path` as a person writes it: 'sites[0].prefix'."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{_quoted(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def _quoted(key: str) -> str:
    bare = re.fullmatch(r"[A-Za-z0-9_-]+", key)
    return key if bare else json.dumps(key, ensure_ascii=False)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            found.append(_Token(match.group(), line))
        line += match.group().count("\n")
    return found


@dataclass(slots=True)
class _Walk:
    """One pass over the tokens. `counts`: how many [[entries]] each array of tables has so far."""

    tokens: list[_Token]
    at: int = 0
    lines: dict[KeyPath, int] = field(default_factory=dict)
    counts: dict[KeyPath, int] = field(default_factory=dict)

    def document(self) -> Mapping[KeyPath, int]:
        table: KeyPath = ()
        while self.peek():
            if self.peek() == "[":
                table = self.header()
            elif self.peek() == "\n":
                self.at += 1
            else:
                self.pair(table)
        return self.lines

    def header(self) -> KeyPath:
        line = self.tokens[self.at].line
        self.at += 1
        is_array = self.peek() == "["
        self.at += is_array
        *around, last = self.key()
        self.at += 2 if is_array else 1
        path = (*self.inside(around, line), last)
        if is_array:
            self.lines.setdefault(path, line)
            self.counts[path] = self.counts.get(path, 0) + 1
            path = (*path, self.counts[path] - 1)
        self.lines.setdefault(path, line)
        return path

    def inside(self, names: list[str], line: int) -> KeyPath:
        """Where the `names` of a header lead: through an array of tables, to its latest entry."""
        path: KeyPath = ()
        for name in names:
            path = (*path, name)
            self.lines.setdefault(path, line)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def pair(self, table: KeyPath) -> None:
        line = self.tokens[self.at].line
        path = table
        for name in self.key():
            path = (*path, name)
            self.lines.setdefault(path, line)
        self.at += 1  # the equals sign
        self.value(path)

    def key(self) -> list[str]:
        names = [_unquoted(self.take())]
        while self.peek() == ".":
            self.at += 1
            names.append(_unquoted(self.take()))
        return names

    def value(self, path: KeyPath) -> None:
        opening = self.take()
        if opening == "[":
            self.array(path)
        elif opening == "{":
            self.inline_table(path)
        else:
            while self.peek() not in ("", "\n", ",", "]", "}"):
                self.at += 1  # 0.05 is three tokens, a date with a time is two or more

    def array(self, path: KeyPath) -> None:
        count = 0
        while self.past_breaks() != "]":
            self.lines[*path, count] = self.tokens[self.at].line
            self.value((*path, count))
            count += 1
            self.at += self.past_breaks() == ","
        self.at += 1

    def inline_table(self, path: KeyPath) -> None:
        while self.past_breaks() != "}":
            self.pair(path)
            self.at += self.past_breaks() == ","
        self.at += 1

    def past_breaks(self) -> str:
        while self.peek() == "\n":
            self.at += 1
        return self.peek()

    def peek(self) -> str:
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1].text


def _unquoted(key: str) -> str:
    """The name that a key writes: quoted keys may hold escapes, which `tomllib` already knows."""
    return str(tomllib.loads(f"key = {key}")["key"]) if key[0] in "\"'" else key
