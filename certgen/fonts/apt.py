"""Downloads Debian packages without installing them, through the machine's own apt-get.

Works as an ordinary user: lists, cache and state live in a folder of ours, so nothing under
/etc/apt or /var is touched. Which server to ask, with which key and through which proxy, is the
machine's own configuration (`apt-get indextargets`): none is written here.
"""

import os
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import sleep

from certgen.errors import FontError

_NEWEST = {"debian": "sid", "ubuntu": "devel"}
_GENERIC = ("stable", "oldstable", "testing", "unstable", "sid", "devel")
_COMPONENTS = ("main", "universe")  # where Debian and Ubuntu keep free fonts
_FIELDS = "$(IDENTIFIER)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(SOURCESENTRY)"


@dataclass(frozen=True, slots=True)
class Repository:
    """Where packages come from: one line of apt's sources."""

    uri: str
    suite: str
    components: tuple[str, ...]
    signed_by: str  # the value of Signed-By, or empty: then the machine's trusted keys

    def stanza(self) -> str:
        """As apt reads it; only package lists, no translations or pictures."""
        lines = ["Types: deb", f"URIs: {self.uri}", f"Suites: {self.suite}", "Targets: Packages"]
        lines.append(f"Components: {' '.join(self.components)}")
        if self.signed_by:
            lines.append(f"Signed-By: {self.signed_by}")
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Archive:
    """A package file that the repository offers."""

    package: str
    version: str
    file: str
    size: int  # bytes


def repositories() -> tuple[Repository, ...]:
    """The distribution's newest release, then the machine's own; from the server it uses anyway."""
    own = _own_repository()
    newest = _NEWEST.get(_release_info().get("ID", ""))
    return (own,) if newest in {None, own.suite} else (replace(own, suite=str(newest)), own)


def _own_repository() -> Repository:
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise _unusable(zh="本机没有 apt-get", en="this machine has no apt-get")
    # Without release information: a fresh machine has not read any yet.
    listed = _run(["apt-get", "indextargets", "--no-release-info", "--format", _FIELDS]).stdout
    rows = [tuple(line.split("|")) for line in listed.splitlines()]
    targets = [row[1:] for row in rows if len(row) == 5 and row[0] == "Packages"]
    info = _release_info()
    for suite in (info.get("VERSION_CODENAME"), info.get("UBUNTU_CODENAME"), *_GENERIC):
        for uri, release, component, entry in targets:
            if release == suite and component == "main":
                offered = {row[2] for row in targets if row[:2] == (uri, release)}
                components = tuple(name for name in _COMPONENTS if name in offered)
                return Repository(uri, release, components, signed_by(entry))
    raise _unusable(zh="apt 没有配置本系统的软件源", en="apt has no repository of this release")


def _release_info() -> dict[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def signed_by(entry: str) -> str:
    """The Signed-By of an entry of apt's sources.

    The entry reads '/etc/apt/sources.list.d/debian.sources:1': the number of a stanza, or of a line
    in a `.list` file.
    """
    file, _, number = entry.rpartition(":")
    try:
        text = Path(file).read_text(encoding="utf-8")
    except OSError:
        return ""
    if not file.endswith(".sources"):
        line = (text.splitlines() + [""] * int(number))[int(number) - 1]
        options = line.partition("[")[2].partition("]")[0].split()
        return next(
            (o.partition("=")[2] for o in options if o.lower().startswith("signed-by=")), ""
        )
    stanzas = [part for part in _stanzas(text) if part]
    return _field(stanzas[int(number) - 1], "signed-by") if int(number) <= len(stanzas) else ""


def _stanzas(text: str) -> Iterator[list[str]]:
    stanza: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if line.strip():
            stanza.append(line)
        else:
            yield stanza
            stanza = []
    yield stanza


def _field(stanza: Sequence[str], name: str) -> str:
    """The value with its continuation lines: a key may stand in the file itself."""
    value: list[str] = []
    for line in stanza:
        if value and line[0] in " \t":
            value.append(line)
        elif value:
            break
        elif line.lower().startswith(name + ":"):
            value.append(line.partition(":")[2].strip())
    return "\n".join(value)


class Client:
    """One repository, seen through an apt of our own in `folder`."""

    def __init__(self, folder: Path, repository: Repository) -> None:
        self.repository = repository
        self.archives = folder / "archives"
        for needed in ("state/lists/partial", "cache/archives/partial", "sources", "archives"):
            (folder / needed).mkdir(parents=True, exist_ok=True)
        (folder / "sources" / "fonts.sources").write_text(repository.stanza(), encoding="utf-8")
        settings = {
            "Dir::Etc::sourcelist": "/dev/null",
            "Dir::Etc::sourceparts": str(folder / "sources"),
            "Dir::State": str(folder / "state"),
            "Dir::State::status": "/dev/null",
            "Dir::Cache": str(folder / "cache"),
            "Acquire::Languages": "none",
            "Acquire::Retries": "2",
            "Acquire::http::Timeout": "30",
            "Acquire::https::Timeout": "30",
            "APT::Update::Error-Mode": "any",
            # Root would hand the download to a user who may not write here; others are not asked.
            "APT::Sandbox::User": "root",
        }
        options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        self._apt = ["apt-get", "-q", *options]

    def update(self) -> None:
        """Read the repository's package list."""
        _run([*self._apt, "update"])

    def find(self, package: str) -> Archive | None:
        """The package file on offer, or None."""
        command = [*self._apt, "download", "--print-uris", package]
        try:
            *_, line = _run(command).stdout.splitlines()
        except (FontError, ValueError):
            return None
        _, file, size, _ = line.split()
        return Archive(package, file.split("_")[1].replace("%3a", ":"), file, int(size))

    def download(self, wanted: Sequence[Archive], progress: Callable[[int, int], None]) -> None:
        """Fetch package files into `archives`; `progress` hears bytes done and bytes in all."""
        total = sum(archive.size for archive in wanted)
        names = [archive.package for archive in wanted]
        command = [*self._apt, "download", *names]
        log = self.archives / "log"
        with (
            log.open("w+", encoding="utf-8") as said,
            subprocess.Popen(  # noqa: S603  (arguments are ours)
                command, cwd=self.archives, env=_environment(), stdout=said, stderr=said
            ) as running,
        ):
            while running.poll() is None:
                sleep(0.2)
                progress(min(_weight(self.archives), total), total)
        if running.returncode:
            raise _failed(log.read_text(encoding="utf-8", errors="replace"))
        progress(total, total)


def unpack(archive: Path, files: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Take the named files out of a package, without their folders; what it lacks is left out."""
    command = ["dpkg-deb", "--fsys-tarfile", str(archive)]
    taken = []
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE) as running,  # noqa: S603  (arguments are ours)
        tarfile.open(fileobj=running.stdout, mode="r|") as members,
    ):
        for member in members:
            target = folder / Path(member.name).name
            content = members.extractfile(member) if target.name in files else None
            if content:
                with target.open("wb") as file:
                    shutil.copyfileobj(content, file)
                taken.append(target)
    return tuple(taken)


def _weight(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.deb*"))


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(  # noqa: S603  (arguments are ours or apt's own)
        command, env=_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise _failed(done.stderr)
    return done


def _failed(output: str) -> FontError:
    reason = " ".join(line for line in output.splitlines() if line.startswith(("E:", "W:")))[-500:]
    return _unusable(zh=f"apt-get 失败：{reason}", en=f"apt-get failed: {reason}")


def _unusable(*, zh: str, en: str) -> FontError:
    return FontError(
        zh=f"无法自动获取字体：{zh}。请检查网络，"
        "或指定一个装有楷体、仿宋、黑体和 Times New Roman 的文件夹。",
        en=f"fonts cannot be fetched: {en}. Check the network, "
        "or name a folder that holds fonts for Kai, FangSong, Hei and Times New Roman.",
    )
