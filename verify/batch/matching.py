"""Which row of the list a page belongs to: by its number, else by who and what, if that fits one row only."""

from collections import defaultdict
from collections.abc import Iterable

from verify.batch.listing import Row
from verify.claims import Channel, Claims, Field
from verify.page.lines import folded

_CHANNELS = (
    Channel.PAYLOAD,
    Channel.PDF_TEXT,
    Channel.OCR,
    Channel.ADDRESS,
    Channel.CODE,
    Channel.METADATA,
)


class Rows:
    """The rows, to be asked by page."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._by_code: dict[str, list[Row]] = defaultdict(list)
        self._by_person: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows:
            if code := row.value(Field.CODE):
                self._by_code[code].append(row)
            for key in _keys({claim.field: claim.value for claim in row.claims}):
                self._by_person[key].append(row)

    def find(self, claims: Claims) -> Row | None:
        """The row of a page, or None: nothing is guessed where two would fit."""
        for channel in _CHANNELS:
            found = self._by_code.get(claims.value(Field.CODE, channel), ())
            if found:
                return found[0]
        for channel in (Channel.PAYLOAD, Channel.PDF_TEXT, Channel.OCR):
            for key in _keys(claims.of(channel)):
                rows = self._by_person.get(key, ())
                if len(rows) == 1:
                    return rows[0]
        return None


def _keys(values: dict[Field, str]) -> Iterable[tuple[str, ...]]:
    """Name with last four, occupation and level, or less where the list has less; the fullest first."""
    name = folded(values.get(Field.NAME, ""))
    if not name:
        return
    tail, level = values.get(Field.IDENTITY_TAIL, ""), values.get(Field.LEVEL, "")
    occupation = folded(values.get(Field.OCCUPATION, ""))
    if tail and occupation and level:
        yield "all", name, tail, occupation, level
    if tail and level:
        yield "tail", name, tail, level
    if occupation and level:
        yield "occupation", name, occupation, level
