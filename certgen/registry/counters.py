"""Counters: where the serials (证书序列码) of a site, year and level stand, and which comes next.

Serials run 依次顺序 from 000001 to 999999 and start again with each site, year and level
(人社鉴发〔2019〕2号 附件1 二(七)). Counting goes on behind the highest serial that is known, whoever
chose it: so a number that was adopted or imported is never given a second time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, insert, select, update

from certgen.errors import RegisterError
from certgen.registry.entries import Advance, Numbering, Origin, State, Wanted
from certgen.registry.rows import some
from certgen.registry.schema import COUNTERS, NUMBERS
from certgen.standards.codes.counting import DIGITS, counter, max_serial, split


@dataclass(slots=True)
class Counter:
    """Where one counter stands; `first` and `last` are 0 while nothing of it is known."""

    first: int = 0
    last: int = 0
    counted_from: int | None = None  # first serial given here; None: all came from elsewhere
    kept: bool = False  # it is in the table already

    def next(self, name: str, first_serial: int) -> int:
        """The serial that comes next; `first_serial` says where counting here begins."""
        if self.counted_from is not None:
            if first_serial > self.last + 1:
                raise _gap(name, self.last, first_serial)
            return self.last + 1
        if 1 < first_serial <= self.last:
            raise _begun_elsewhere(name, self.last, first_serial)
        return max(first_serial, self.last + 1)


class Counters:
    """The counters that the rows of one transaction ask: read, moved, and written back."""

    def __init__(self) -> None:
        self._counters: dict[str, Counter] = {}
        self._before: dict[str, int] = {}  # counters that have moved, and where they stood

    def read(self, connection: Connection, wanted: Iterable[Wanted]) -> None:
        """Read those that are not read yet."""
        names = {counter_name(one) for one in wanted} - self._counters.keys()
        for portion in some(names):
            # FOR UPDATE is what a server database needs; SQLite has locked the whole file already.
            rows = connection.execute(
                select(COUNTERS).where(COUNTERS.c.counter.in_(portion)).with_for_update()
            )
            for row in rows:
                self._counters[row.counter] = Counter(
                    row.first, row.last, row.counted_from, kept=True
                )
        for name in names:
            self._counters.setdefault(name, Counter())

    def give(self, wanted: Wanted) -> str | None:
        """The code with the next serial, None if the last one is taken.

        Raises `RegisterError` where the agency file's first serial contradicts what is known.
        """
        name = counter_name(wanted)
        counter = self._counters[name]
        serial = counter.next(name, wanted.first_serial)
        if serial > max_serial(wanted.kind):
            return None
        if counter.counted_from is None:
            counter.counted_from = serial
        self._move(name, serial)
        return f"{name}{serial:0{DIGITS[wanted.kind]}}"

    def hold(self, wanted: Wanted, code: str) -> None:
        """Note a number that was chosen elsewhere.

        Raises `RegisterError` if site, year or level of the row are not those in the code.
        """
        name = counter_name(wanted)
        if not code.startswith(name):
            raise RegisterError(
                zh=f"证书编号 {code} 与本行的站点、年份或等级不符，应以 {name} 开头；请先核对名单",
                en=f"code {code} contradicts site, year or level of its row, it should begin with "
                f"{name}: check the list first",
            )
        self._move(name, split(code)[1])

    def advanced(self) -> tuple[Advance, ...]:
        """The counters whose next number is another one now."""
        return tuple(
            Advance(name, before, self._counters[name].last)
            for name, before in sorted(self._before.items())
            if self._counters[name].last > before
        )

    def write(self, connection: Connection) -> None:
        """Write back what has moved; before the numbers, which refer to it."""
        for name in sorted(self._before):
            counter = self._counters[name]
            values = {
                "first": counter.first,
                "last": counter.last,
                "counted_from": counter.counted_from,
            }
            if counter.kept:
                connection.execute(
                    update(COUNTERS).where(COUNTERS.c.counter == name).values(values)
                )
            else:
                connection.execute(insert(COUNTERS).values(counter=name, **values))

    def _move(self, name: str, serial: int) -> None:
        counter = self._counters[name]
        self._before.setdefault(name, counter.last)
        counter.first = min(counter.first or serial, serial)
        counter.last = max(counter.last, serial)


def numbering(connection: Connection, name: str) -> Numbering | None:
    """Every number of a counter, None if none is known."""
    row = connection.execute(select(COUNTERS).where(COUNTERS.c.counter == name)).one_or_none()
    if row is None:
        return None
    serials = (
        select(NUMBERS.c.serial, NUMBERS.c.state, NUMBERS.c.origin)
        .where(NUMBERS.c.counter == name)
        .order_by(NUMBERS.c.serial)
    )
    found = connection.execute(serials).all()
    states = tuple((one.serial, State(one.state)) for one in found)
    foreign = frozenset(one.serial for one in found if one.origin != Origin.ALLOCATED)
    return Numbering(name, row.first, row.last, states, foreign)


def counter_name(wanted: Wanted) -> str:
    """What the code that the row may have begins with: all but its serial."""
    record = wanted.record
    return _name_of(wanted.kind, wanted.prefix, record.issue_date.year, record.level)


_name_of = lru_cache(maxsize=64)(counter)
"""A roster has a handful of counters, each asked for by thousands of rows."""


def _gap(name: str, last: int, first_serial: int) -> RegisterError:
    return RegisterError(
        zh=f"编码段 {name} 已用到 {last:06d}，机构配置却要求从 {first_serial:06d} 开始，"
        "中间的序列码会没有去向；请改正起始序列码",
        en=f"counter {name} stands at {last:06d}, but the agency file wants it to "
        f"start at {first_serial:06d}: the serials between would belong to nobody. Correct the "
        "first serial",
    )


def _begun_elsewhere(name: str, last: int, first_serial: int) -> RegisterError:
    return RegisterError(
        zh=f"编码段 {name} 在别处已用到 {last:06d}（沿用或导入的编号），机构配置却要求从 "
        f"{first_serial:06d} 开始；请把起始序列码改为 {last + 1:06d} 以上，或删去这一项",
        en=f"counter {name} was used elsewhere up to {last:06d} (adopted or imported numbers), but "
        f"the agency file wants it to start at {first_serial:06d}: set the first serial to "
        f"{last + 1:06d} or more, or remove it",
    )
