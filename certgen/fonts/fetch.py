"""Fetches the open faces (开源字体) into the cache: packages unpacked, nothing installed.

Run again, it fetches only what is missing. Two at once: the second waits. Killed at any moment: the
next run clears up. What came from where, under which licence, is recorded in `fonts.json` beside
the fonts.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import file_digest
from multiprocessing import get_context
from pathlib import Path

from certgen.errors import FontError, Said
from certgen.fonts import apt
from certgen.fonts.cache import replacing
from certgen.fonts.catalogue import OPEN, OPEN_FACES, OpenFace
from certgen.fonts.convert import to_truetype
from certgen.fonts.faces import Origin

RECORD = "fonts.json"
_PROCESSES = 2

Say = Callable[[Said], None]
Progress = Callable[[int, int], None]
"""Bytes downloaded, bytes in all."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One line of `fonts.json`."""

    file: str  # in the cache
    sha256: str  # of that file
    source_file: str  # in the package
    source_sha256: str
    package: str
    version: str
    suite: str
    licence: str
    origin: str = Origin.OPEN.value


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What a fetch did, by the names of the files in the cache."""

    folder: Path
    fetched: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # no repository had them; the chains are shorter, not broken


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A font file out of a package, not yet in its place."""

    face: OpenFace
    path: Path
    archive: apt.Archive
    suite: str


def fetch(cache: Path, say: Say, progress: Progress = lambda _done, _total: None) -> FetchReport:
    """Bring every open face into `cache`. Raises FontError if none is there and none can be had."""
    before = _missing(cache)
    if before:
        repositories = apt.repositories()
        with _alone(cache, say) as work:
            _fill(cache, work, repositories, say, progress)
    after = _missing(cache)
    return FetchReport(
        folder=cache,
        fetched=tuple(face.cached_file for face in before if face not in after),
        present=tuple(face.cached_file for face in OPEN_FACES if face not in before),
        missing=tuple(face.cached_file for face in after),
    )


def recorded(cache: Path) -> dict[str, Fetched]:
    """`fonts.json`: file name to what is known of it; empty if nothing was fetched yet."""
    try:
        rows = json.loads((cache / RECORD).read_text(encoding="utf-8"))["fonts"]
        return {row["file"]: Fetched(**row) for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _missing(cache: Path) -> tuple[OpenFace, ...]:
    known = recorded(cache)
    return tuple(
        face
        for face in OPEN_FACES
        if face.cached_file not in known or not (cache / face.cached_file).is_file()
    )


@contextmanager
def _alone(cache: Path, say: Say) -> Iterator[Path]:
    """A work folder that no other fetch uses. The lock goes with the process, however it ends."""
    import fcntl  # noqa: PLC0415  (not on Windows, where there is no apt-get either)

    cache.mkdir(parents=True, exist_ok=True)
    work = cache / ".fetch"
    with (cache / ".lock").open("w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            zh = "另一个进程正在获取字体，等待其完成"
            say(Said(zh, "another process is fetching the fonts: waiting"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _fill(
    cache: Path, work: Path, repositories: Sequence[apt.Repository], say: Say, progress: Progress
) -> None:
    """Ask one repository after the other until nothing is missing."""
    for number, repository in enumerate(repositories):
        if not (faces := _missing(cache)):
            return
        say(Said(f"从 {repository.suite} 获取字体", f"fetching fonts from {repository.suite}"))
        try:
            client = apt.Client(work / repository.suite, repository)
            parcels = _parcels(client, faces, progress)
            _settle(cache, parcels, say)
        except FontError as error:
            last = number + 1 == len(repositories)
            if last and not _every_role_has_a_face(cache):
                raise
            say(error.said)
            if not last:
                suite = repositories[number + 1].suite
                zh = f"以 {suite} 代替 {repository.suite}，其字体可能较旧或较少"
                en = f"{suite} instead of {repository.suite}: its fonts may be older or fewer"
                say(Said(zh, en))
    if left := _missing(cache):
        names = ", ".join(face.name for face in left)
        zh = f"未能获取：{names}；可用的生僻字较少"
        say(Said(zh, f"not found: {names}; fewer rare characters can be set"))


def _every_role_has_a_face(cache: Path) -> bool:
    left = set(_missing(cache))
    return all(set(faces) - left for faces in OPEN.values())


def _parcels(
    client: apt.Client, faces: Sequence[OpenFace], progress: Progress
) -> tuple[_Parcel, ...]:
    """Download the packages that carry `faces`, and take the fonts out."""
    client.update()
    packages = dict.fromkeys(package for face in faces for package in face.packages)
    archives = [found for package in packages if (found := client.find(package))]
    client.download(archives, progress)
    parcels: dict[OpenFace, _Parcel] = {}
    for archive in archives:
        here = [face for face in faces if archive.package in face.packages and face not in parcels]
        folder = client.archives / archive.package
        folder.mkdir()
        taken = apt.unpack(client.archives / archive.file, [face.file for face in here], folder)
        for face in here:
            if folder / face.file in taken:
                suite = client.repository.suite
                parcels[face] = _Parcel(face, folder / face.file, archive, suite)
    return tuple(parcels.values())


def _settle(cache: Path, parcels: Sequence[_Parcel], say: Say) -> None:
    """Put each font in its place and record it; PostScript outlines converted, two at a time."""
    curved = [parcel for parcel in parcels if parcel.path.suffix == ".otf"]
    if curved:
        names = ", ".join(parcel.face.name for parcel in curved)
        say(Said(f"正在转换 {names}（只需一次）", f"converting {names} (once)"))
    with _workers() as pool:
        jobs = {
            pool.submit(to_truetype, parcel.path, cache / parcel.face.cached_file): parcel
            for parcel in curved
        }
        for parcel in parcels:
            if parcel not in curved:
                with replacing(cache / parcel.face.cached_file) as part:
                    shutil.copyfile(parcel.path, part)
                _record(cache, parcel, say)
        for job in as_completed(jobs):
            job.result()
            _record(cache, jobs[job], say)


def _workers() -> Executor:
    """Fresh processes, as a fork would copy the caller's threads (a progress bar) half-way.

    A thread where the machine gives no shared memory, as some containers do.
    """
    try:
        return ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"))
    except PermissionError:
        return ThreadPoolExecutor(1)


def _record(cache: Path, parcel: _Parcel, say: Say) -> None:
    face, source_sha256 = parcel.face, _sha256(parcel.path)
    if source_sha256 != face.sha256:
        named = f"{face.file} ({parcel.archive.package} {parcel.archive.version})"
        en = f"{named} is not the version known here; it is used all the same"
        say(Said(f"{named} 与已知版本不同，仍然使用", en))
    known = recorded(cache)
    known[face.cached_file] = Fetched(
        file=face.cached_file,
        sha256=_sha256(cache / face.cached_file),
        source_file=face.file,
        source_sha256=source_sha256,
        package=parcel.archive.package,
        version=parcel.archive.version,
        suite=parcel.suite,
        licence=face.licence,
    )
    rows = [asdict(known[name]) for name in sorted(known)]
    with replacing(cache / RECORD) as part:
        part.write_text(json.dumps({"fonts": rows}, indent=2) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
