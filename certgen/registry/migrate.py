"""Brings a register that an older certgen made up to date: all of it in one transaction.

SQLite cannot change the rules of a table, so each changed table is made anew beside the old one,
filled from it, and takes its name. A process that is killed meanwhile leaves the old register. A copy of the old
one stays beside it in any case.
"""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from itertools import count
from pathlib import Path

from sqlalchemy import MetaData, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from certgen.errors import RegisterError
from certgen.registry.indexes import place
from certgen.registry.ledger.tables import LEDGER, TRIGGERS
from certgen.registry.records import from_text, holder_mark
from certgen.registry.schema import COUNTERS, METADATA, NUMBERS, REGISTER, SCHEMA_VERSION

_SINCE_3 = {
    REGISTER: {"versions": "0", "status_number": "0"},
    NUMBERS: {
        "status_index": "CASE origin WHEN 'imported' THEN NULL ELSE next_place() END",
        "qr": "''",
        "mark": "''",
    },
}
"""What a column that an older version did not have says of its rows."""

_SINCE_2 = {
    **_SINCE_3,
    COUNTERS: {"counted_from": "first"},
    NUMBERS: {
        **_SINCE_3[NUMBERS],
        "holder": "holder_of(record)",
        "origin": "'allocated'",
        "status_index": "next_place()",
    },
}

_ADDED: Mapping[int, Mapping[Table, Mapping[str, str]]] = {1: _SINCE_2, 2: _SINCE_3, 3: {}}
"""By the version that is brought up to date: the tables that have changed since."""


def migrate(path: Path, *, wait_s: float) -> None:
    """Bring the register at `path` to `SCHEMA_VERSION`; if another process just did, do nothing."""
    with closing(sqlite3.connect(path, timeout=wait_s, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = OFF")  # checked as a whole before the end
        connection.execute("BEGIN IMMEDIATE")
        version, key = connection.execute(
            f"SELECT schema_version, fingerprint_key FROM {REGISTER.name}"  # noqa: S608 (our word)
        ).fetchone()
        if version == SCHEMA_VERSION:
            return
        connection.create_function(
            "holder_of", 1, lambda text: holder_mark(key, from_text(text).identity_number)
        )
        places = count()
        connection.create_function("next_place", 0, lambda: place(key, next(places)))
        _back_up(path, version)
        for table, added in _ADDED[version].items():
            _rebuild(connection, table, added)
        for table in LEDGER:  # since version 4
            _create(connection, table)
        for trigger in TRIGGERS:
            connection.execute(trigger)
        connection.execute(
            f"UPDATE {REGISTER.name} SET schema_version = ?, versions = max(versions, ?)",  # noqa: S608
            (SCHEMA_VERSION, next(places)),
        )
        if connection.execute("PRAGMA foreign_key_check").fetchall():
            raise RegisterError(
                zh=f"台账 {path} 中有编号没有所属的批次或编码段，不能升级；请用备份恢复",
                en=f"the register {path} has numbers of no run or counter and cannot be brought up "
                "to date: restore it from a backup",
            )
        connection.execute("COMMIT")


def _back_up(path: Path, version: int) -> None:
    """A copy of the register as it is, beside it: 'register.db.version-2'. Whole, or not there."""
    copy = path.with_name(f"{path.name}.version-{version}")
    making = copy.with_name(f".{copy.name}.new")
    making.unlink(missing_ok=True)
    os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(making)) as target:
        source.backup(target)
    making.replace(copy)


def _rebuild(connection: sqlite3.Connection, table: Table, added: Mapping[str, str]) -> None:
    # SQL from our own names of tables and columns, nothing else.
    copy = _renamed(table)
    columns = [f'"{column.name}"' for column in table.columns]
    values = [added.get(column.name, f'"{column.name}"') for column in table.columns]
    connection.execute(str(CreateTable(copy).compile(dialect=sqlite.dialect())))
    connection.execute(
        f"INSERT INTO {copy.name} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608
        f"FROM {table.name}"
    )
    connection.execute(f"DROP TABLE {table.name}")
    connection.execute(f"ALTER TABLE {copy.name} RENAME TO {table.name}")
    _create_indexes(connection, table)


def _create(connection: sqlite3.Connection, table: Table) -> None:
    connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
    _create_indexes(connection, table)


def _create_indexes(connection: sqlite3.Connection, table: Table) -> None:
    for index in sorted(table.indexes, key=lambda index: str(index.name)):
        connection.execute(str(CreateIndex(index).compile(dialect=sqlite.dialect())))


def _renamed(table: Table) -> Table:
    """The table under a passing name, among the tables that it refers to."""
    beside = MetaData()
    for other in METADATA.sorted_tables:
        if other is not table:
            other.to_metadata(beside)
    return table.to_metadata(beside, name=f"new_{table.name}")
