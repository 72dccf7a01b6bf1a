import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certgen.exchange.toml_lines import line_of, lines_of, written

FILE = '''\
# a = "not a key"
a = 1  # b = 2
"quoted key" = "x # no comment = [ { "
long = """
inner = 1
[table]
"quoted\\""""" # ends in a quote
plain = \'\'\'
other = 2 \'\'\'
numbers = [ 0.5, # first
  2026-01-05T07:00:00,

  { x = 1, y = [ "]", 3 ] } ]
dotted.key."third.part" = true

[one.two]
a = 2026-01-05 07:00:00
[[list]]
a = { b.c = 1 }
[[list]]
[list.sub]
a = 3
[[list.rows]]
a = 4
[[ "list" . rows ]]
a = 5
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 2),
        (("quoted key",), 3),
        (("long",), 4),
        (("plain",), 8),
        (("numbers",), 10),
        (("numbers", 0), 10),
        (("numbers", 1), 11),
        (("numbers", 2, "x"), 13),
        (("numbers", 2, "y", 1), 13),
        (("dotted",), 14),
        (("dotted", "key", "third.part"), 14),
        (("one", "two"), 16),
        (("one", "two", "a"), 17),
        (("list",), 18),
        (("list", 0), 18),
        (("list", 0, "a", "b", "c"), 19),
        (("list", 1), 20),
        (("list", 1, "sub"), 21),
        (("list", 1, "sub", "a"), 22),
        (("list", 1, "rows", 0, "a"), 24),
        (("list", 1, "rows", 1), 25),
        (("list", 1, "rows", 1, "a"), 26),
    ],
)
def test_every_key_has_its_line(path: tuple[str | int, ...], line: int) -> None:
    tomllib.loads(FILE)
    assert lines_of(FILE)[path] == line


def test_what_only_looks_like_a_key_has_no_line() -> None:
    known = lines_of(FILE)
    assert {("b",), ("inner",), ("table",), ("other",)}.isdisjoint(known)


def test_a_key_that_is_not_there_is_looked_for_in_its_table() -> None:
    assert line_of(lines_of(FILE), ("list", 1, "sub", "missing")) == 21
    assert line_of(lines_of(FILE), ("nowhere", "at all")) == 1


def test_a_path_is_written_as_people_write_it() -> None:
    assert written(("sites", 0, "prefix")) == "sites[0].prefix"
    assert written(("seals", "branches", "泽\n州")) == 'seals.branches."泽\\n州"'


KEYS = st.sampled_from(["a", "b-1", '"q.k"', "'l'", "a.b"])
TEXTS = st.sampled_from(['"#"', "'[x]'", '"""\n"a" = 1\n"""', "'''\n]'''", '"\\""'])
SCALARS = TEXTS | st.sampled_from(["1", "0.5", "true", "1979-05-27T07:32:00", "1e5", "inf"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ", # ]\n".join(items) + "\n]"),
        st.tuples(KEYS, inner).map(lambda pair: f"{{ {pair[0]} = {pair[1]} }}"),
    ),
    max_leaves=5,
)
LINES = st.one_of(
    st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]} # x = 1"),
    KEYS.map(lambda key: f"[{key}]"),
    KEYS.map(lambda key: f"[[ {key} ]]"),
    st.just(""),
)


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_exactly_the_keys_that_the_parser_knows_have_a_line(text: str) -> None:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    known = lines_of(text)
    assert set(known) == set(paths(data))
    assert all(1 <= line <= text.count("\n") + 1 for line in known.values())


def paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        steps = list(value.items())
    elif isinstance(value, list):
        steps = list(enumerate(value))
    inner = [found for step, item in steps for found in paths(item, (*path, step))]
    return [*([path] if path else []), *inner]
