"""The SQLite file under the register: made whole, opened with care, its errors put into words.

Settings: write-ahead log (readers never wait), synchronous=FULL (a finished transaction survives
a power cut, which NORMAL does not promise), BEGIN IMMEDIATE for every write (of two processes one
waits, none reads a number that is being taken).
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError

from certgen.errors import RegisterError, Said
from certgen.registry.migrate import migrate
from certgen.registry.schema import METADATA, REGISTER, SCHEMA_VERSION, moment_text

_WAIT_S = 30  # how long a write waits for another process's transaction; ours take milliseconds

_TROUBLES = {
    sqlite3.SQLITE_FULL: Said(
        "磁盘已满，请腾出空间后再运行", "the disk is full: free some space and run again"
    ),
    sqlite3.SQLITE_BUSY: Said(
        "另一个程序正在使用它，请关闭该程序后再运行",
        "another program is using it: close that program and run again",
    ),
    sqlite3.SQLITE_READONLY: Said(
        "文件或文件夹只读，请取得写权限",
        "the file or its folder is read-only: get the right to write",
    ),
    sqlite3.SQLITE_CANTOPEN: Said(
        "文件打不开，请检查文件夹和权限", "the file cannot be opened: check folder and permissions"
    ),
    sqlite3.SQLITE_IOERR: Said(
        "磁盘读写出错，请检查磁盘后再运行",
        "the disk fails to read or write: check it and run again",
    ),
    sqlite3.SQLITE_CORRUPT: Said(
        "文件已损坏，请用备份恢复", "the file is damaged: restore it from a backup"
    ),
    sqlite3.SQLITE_NOTADB: Said(
        "这不是台账文件，请检查路径", "this is not a register file: check the path"
    ),
}


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn errors of database and file system into `RegisterError`; nothing is half-done then."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        # The low byte is the kind of error, the rest its circumstances.
        kind = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        said = _TROUBLES.get(kind, Said(f"数据库错误：{cause}", f"database error: {cause}"))
        raise RegisterError(
            zh=f"台账 {path}：{said.zh}。本步骤未写入任何内容",
            en=f"register {path}: {said.en}; nothing of this step was written",
        ) from error
    except OSError as error:
        raise RegisterError(
            zh=f"台账 {path} 无法建立或打开：{error.strerror}；请换一个可写的本机文件夹",
            en=f"the register {path} cannot be made or opened: {error.strerror}; "
            "choose a local folder that can be written",
        ) from error


def connect(path: Path) -> Engine:
    """An engine over the file. Transactions only read unless it is told `writes=True`."""
    # hide_parameters: a message of the database must never carry a row's values.
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": _WAIT_S},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _settings(raw: sqlite3.Connection, _record: object) -> None:
        raw.isolation_level = None  # the driver's own BEGIN would be a deferred one
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def create(path: Path, now: datetime) -> None:
    """Make an empty register at `path`, for its owner's eyes only; one that is there stays.

    It is made under another name and linked to its own: of several processes one makes it, and a
    process that is killed meanwhile leaves no half-made register behind.
    """
    making = path.with_name(f".{path.name}.{os.getpid()}.new")
    making.unlink(missing_ok=True)
    os.close(os.open(making, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        engine = connect(making)
        with engine.execution_options(writes=True).begin() as connection:
            METADATA.create_all(connection)
            connection.execute(insert(REGISTER).values(**_identity(now)))
        _write_ahead(engine, making)
        engine.dispose()
        with suppress(FileExistsError):
            os.link(making, path)
        _sync_folder(path.parent)
    finally:
        making.unlink(missing_ok=True)


def open_checked(path: Path) -> tuple[Engine, bytes]:
    """The engine of the register at `path` and its fingerprint key; raises if it is not ours.

    A register that an older certgen made is brought up to date first.
    """
    engine = connect(path)
    try:
        with engine.connect() as connection:
            version, key = _version_and_key(connection, path)
        if version < SCHEMA_VERSION:
            engine.dispose()  # what it knows of the tables is no longer so
            migrate(path, wait_s=_WAIT_S)
        _write_ahead(engine, path)  # only now: another program's database is left as it was
    except BaseException:
        engine.dispose()
        raise
    return engine, key


def _version_and_key(connection: Connection, path: Path) -> tuple[int, bytes]:
    if not inspect(connection).has_table(REGISTER.name):
        raise RegisterError(
            zh=f"{path} 是别的程序的数据库，不是台账；请检查路径",
            en=f"{path} is another program's database, not a register: check the path",
        )
    row = connection.execute(select(REGISTER.c.schema_version, REGISTER.c.fingerprint_key)).one()
    if row.schema_version > SCHEMA_VERSION:
        raise RegisterError(
            zh=f"台账 {path} 的版本是 {row.schema_version}，本程序只认识版本 {SCHEMA_VERSION}；"
            "请升级 certgen",
            en=f"the register {path} has version {row.schema_version}, this program knows "
            f"{SCHEMA_VERSION}: upgrade certgen",
        )
    return row.schema_version, bytes(row.fingerprint_key)


def _identity(now: datetime) -> dict[str, Any]:
    return {
        "id": 1,
        "schema_version": SCHEMA_VERSION,
        "fingerprint_key": secrets.token_bytes(32),
        "created_at": moment_text(now),
        "versions": 0,
        "status_number": 0,
    }


def _write_ahead(engine: Engine, path: Path) -> None:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        (mode,) = cursor.fetchall()[0]
    finally:
        raw.close()
    if mode != "wal":
        raise RegisterError(
            zh=f"{path.parent} 所在的磁盘不支持 SQLite 的 WAL 方式；请把台账放在本机硬盘上",
            en=f"the disk of {path.parent} cannot do SQLite's write-ahead log: "
            "put the register on a local disk",
        )


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows has no handle for a folder to flush
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
