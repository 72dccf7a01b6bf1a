"""What one transaction finds in the register about the people and numbers that its rows name."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from certgen.registry.entries import Conflict, Earlier, Entry, Known, Origin, State, Wanted, Why
from certgen.registry.records import (
    LISTED,
    STEM_LENGTH,
    differences,
    fingerprint,
    holder_mark,
    holder_range,
    stem_mark,
)
from certgen.registry.rows import entry_of, some
from certgen.registry.schema import NUMBERS
from certgen.standards.codes.counting import has_prefix
from certgen.standards.text import mask


class Standing:
    """The numbers that bear on some rows. What the transaction adds, it adds here too."""

    def __init__(self, key: bytes) -> None:
        self.live: dict[bytes, Entry] = {}  # numbers that are not void, by fingerprint
        self._key = key
        self._by_code: dict[str, Entry] = {}  # of the codes that rows bring
        self._by_holder: dict[bytes, list[Entry]] = {}  # not void
        self._holders: dict[str, bytes] = {}  # holder marks, by identity number

    def read(self, connection: Connection, wanted: Sequence[Wanted]) -> list[bytes]:
        """Look up the rows; their fingerprints, in order."""
        fresh = {one.record.identity_number for one in wanted} - self._holders.keys()
        marks = {number: holder_mark(self._key, number) for number in fresh}
        self._holders |= marks
        for portion in some(marks.values()):
            rows = connection.execute(
                select(NUMBERS).where(
                    NUMBERS.c.holder.in_(portion), NUMBERS.c.state != State.VOID.value
                )
            )
            for row in rows:
                entry = entry_of(row)
                self.live[row.fingerprint] = entry
                self._by_holder.setdefault(row.holder, []).append(entry)
        for codes in some(one.adopted for one in wanted if one.adopted):
            rows = connection.execute(select(NUMBERS).where(NUMBERS.c.code.in_(codes)))
            self._by_code |= {row.code: entry_of(row) for row in rows}
        return [fingerprint(self._key, one.record) for one in wanted]

    def holder(self, entry: Entry) -> bytes:
        """The holder mark of a number of these rows."""
        return self._holders[entry.record.identity_number]

    def add(self, mark: bytes, entry: Entry) -> None:
        """A number is given, or what it says is rewritten."""
        self.live[mark] = entry
        self._by_code[entry.code] = entry

    def remember(self, entry: Entry) -> None:
        """Let later rows of the same holder be compared with a number that is given now."""
        self._by_holder.setdefault(self.holder(entry), []).append(entry)

    def conflict(self, mark: bytes, code: str) -> tuple[Conflict, Entry] | None:
        """Why the row of this fingerprint cannot have `code`, and the number that is in the way."""
        held = self.live.get(mark)
        if held is not None:
            return None if held.code == code else (Conflict.HAS_ANOTHER, held)
        entry = self._by_code.get(code)
        if entry is None:
            return None
        return (Conflict.VOID if entry.state is State.VOID else Conflict.ANOTHERS), entry

    def earlier(self, wanted: Wanted, code: str) -> tuple[Earlier, ...]:
        """Other numbers of the same holder that somebody should look at.

        They are those that were there before, and what `remember` was told: the rows of one roster
        are compared by the intake.
        """
        if not self._by_holder:  # as with every chunk of new people
            return ()
        mark = self._holders[wanted.record.identity_number]
        return tuple(
            Earlier(why, entry.code)
            for entry in self._by_holder.get(mark, ())
            if entry.code != code and (why := _why(entry, wanted))
        )


def known_numbers(connection: Connection, key: bytes, first15: str) -> tuple[Known, ...]:
    """The identity numbers that begin with these 15 characters, each with its newest code."""
    if len(first15) != STEM_LENGTH:
        return ()
    marks = holder_range(stem_mark(key, first15))
    found = connection.execute(
        select(NUMBERS)
        .where(NUMBERS.c.holder.between(*marks))
        .order_by(NUMBERS.c.reserved_at, NUMBERS.c.code)
    )
    newest = {entry.record.identity_number: entry.code for entry in map(entry_of, found)}
    return tuple(Known(mask(number), code) for number, code in newest.items())


def changes(entry: Entry, wanted: Wanted) -> tuple[str, ...]:
    """Names of what the row says otherwise than its number does."""
    if entry.origin is Origin.IMPORTED:  # the list that brought it stated no more
        changed = differences(entry.record, wanted.record, LISTED)
    else:
        changed = differences(entry.record, wanted.record)
        if entry.photo_sha256 != wanted.photo_sha256:
            changed += ("photo",)
    return changed if has_prefix(entry.code, wanted.prefix) else (*changed, "prefix")


def _why(entry: Entry, wanted: Wanted) -> Why | None:
    old, new = entry.record, wanted.record
    if old.name != new.name:
        return Why.OTHER_NAME
    same_skill = (old.occupation, old.job, old.level) == (new.occupation, new.job, new.level)
    unsure = entry.origin is Origin.IMPORTED and not old.batch and bool(new.batch)
    return Why.NO_BATCH if same_skill and unsure else None
