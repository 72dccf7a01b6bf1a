"""Headquarters signs, the branch signs later in another place, and what is signed comes back (两地签名)."""

import csv
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import ca
import pikepdf
import pytest
from office import BRANCH, MAIN, NOW, Office, codes, message, passphrase

from certgen import api
from certgen.errors import CertgenError, InputError, SigningError
from certgen.issuing import countersigning, files, handover
from certgen.issuing.countersigning import SignAccount
from certgen.issuing.handing_back import BackAccount
from certgen.registry.lock import holding
from certgen.sign.cms import Signer
from certgen.sign.key_files import load_pkcs12
from verify.cms import signer_of
from verify.handover import finished
from verify.pades import check_pades
from verify.pdf_signature import Signatures, check_signatures, contents_of

LATER = NOW + timedelta(days=3)
HERE = '[key.branches.zezhou]\npkcs12 = "keys/zezhou.p12"\npassphrase_env = "CERTGEN_PASSPHRASE"\n'


class Branch:
    """The office of the branch: its own copy of the agency file, its own key, and a folder that came by post."""

    def __init__(self, office: Office, received: Path) -> None:
        self.office, self.folder = office, received

    def sign(self, **options: Any) -> SignAccount:
        options.setdefault("clock", lambda: LATER)
        account = api.sign_as(self.office.agency, "zezhou", self.folder, passphrase, **options)
        assert account.adds_up
        return account

    @property
    def pdfs(self) -> list[Path]:
        return sorted(self.folder.glob("Y000014*.pdf"))

    def digests(self) -> dict[str, str]:
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in self.pdfs}


@pytest.fixture(scope="module")
def issued(sample_agencies: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Headquarters has issued: its folder `yunhe`, and the office of the branch, `branch`. Copied for each test."""
    place = tmp_path_factory.mktemp("issued")
    office = Office.copied(sample_agencies / "yunhe", place / "yunhe")
    shutil.copy(sample_agencies / "ca.pem", office.folder / "ca.pem")
    office.change_settings("[key]\n", '[key]\nroot = "ca.pem"\n')
    shutil.copytree(office.folder, place / "branch", ignore=shutil.ignore_patterns("photos"))
    office.change_settings(HERE, "[key.branches.zezhou]\nelsewhere = true\n")
    (office.folder / "keys" / "zezhou.p12").unlink()
    office.roster(MAIN[:1], BRANCH[:3])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CERTGEN_PASSPHRASE", "sample")
        account = office.issue()
    assert (account.issued, account.awaiting) == (4, {"zezhou": 3})

    own = Office(place / "branch")
    text = own.agency.read_text("utf-8")
    keys = text[text.index("[key]") : text.index("[key.branches")]
    own.agency.write_text(text.replace(keys, '[key]\nroot = "ca.pem"\n'), "utf-8")
    (own.folder / "keys" / "agency.p12").unlink()
    return place


@pytest.fixture
def headquarters(issued: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("CERTGEN_PASSPHRASE", "sample")
    shutil.copytree(issued, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path / "yunhe")


@pytest.fixture
def branch(headquarters: Office, tmp_path: Path) -> Branch:
    """The whole folder of the run has arrived."""
    (folder,) = headquarters.out.iterdir()
    received = tmp_path / "received"
    shutil.copytree(folder, received)
    return Branch(Office(tmp_path / "branch"), received)


def hand_back(headquarters: Office, folder: Path) -> BackAccount:
    account = api.hand_back(
        headquarters.agency, "zezhou", folder, headquarters.out, clock=lambda: LATER
    )
    assert account.adds_up
    return account


def signed_by(path: Path) -> list[str]:
    with pikepdf.open(path) as file:
        return [str(field.T) for field in file.Root.AcroForm.Fields if "/V" in field]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def test_files_leave_headquarters_with_the_branchs_field_empty_and_on_a_signed_list(
    branch: Branch,
) -> None:
    assert [signed_by(path) for path in branch.pdfs] == [["AgencySeal"]] * 3
    listed = rows(branch.folder / "handover-zezhou.csv")
    assert {row[1]: row[2] for row in listed} == branch.digests()
    assert (branch.folder / "handover-zezhou.csv.p7s").is_file()


def test_the_branch_signs_every_file_on_the_list_and_nothing_else(branch: Branch) -> None:
    others = {p: p.read_bytes() for p in branch.folder.glob("Y000041*.pdf")}
    account = branch.sign()
    assert (account.listed, account.signed, account.already, account.refused) == (3, 3, 0, 0)
    assert [signed_by(path) for path in branch.pdfs] == [["AgencySeal", "BranchSeal"]] * 3
    assert {p: p.read_bytes() for p in others} == others
    for path in branch.pdfs:
        check_pades(path.read_bytes(), 2, stamped=False, archived=False)
    assert not (branch.folder / files.WAITING).exists()


def test_what_was_sent_is_the_beginning_of_what_is_signed(branch: Branch) -> None:
    before = {path.name: path.read_bytes() for path in branch.pdfs}
    branch.sign()
    for path in branch.pdfs:
        assert path.read_bytes().startswith(before[path.name])


def test_the_branch_brings_its_own_seal(branch: Branch) -> None:
    branch.sign()
    with pikepdf.open(branch.pdfs[0]) as file:
        form = file.Root.AcroForm.Fields[1].AP.N
        assert form.Resources.XObject.Seal.Subtype == "/Image"
        assert "/SMask" in form.Resources.XObject.Seal


def test_signing_again_changes_nothing(branch: Branch) -> None:
    branch.sign()
    before = branch.digests()
    account = branch.sign(clock=lambda: LATER + timedelta(days=1))
    assert (account.signed, account.already, account.refused) == (0, 3, 0)
    assert branch.digests() == before


def test_the_list_that_goes_back_names_both_digests(branch: Branch) -> None:
    before = branch.digests()
    account = branch.sign()
    assert account.result == branch.folder / "signed-zezhou.csv"
    found = {row[1]: (row[2], row[4]) for row in rows(account.result)}
    assert found == {name: (before[name], after) for name, after in branch.digests().items()}


@contextmanager
def stopped_after(count: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Stop the signing before the file number `count` + 1 gets its name."""
    done = 0
    replace = Path.replace

    def stopping(self: Path, target: Path) -> Path:
        nonlocal done
        if str(target).endswith(".pdf"):
            if done == count:
                raise KeyboardInterrupt
            done += 1
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stopping)
        with suppress(KeyboardInterrupt):
            yield
    assert done == count


@pytest.mark.parametrize("count", [0, 1, 2])
def test_a_run_that_was_stopped_goes_on_and_gives_the_same_bytes(
    branch: Branch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    whole = Branch(branch.office, tmp_path / "whole")
    shutil.copytree(branch.folder, whole.folder)
    whole.sign()
    with stopped_after(count, monkeypatch):
        branch.sign()
    account = branch.sign(clock=lambda: LATER + timedelta(hours=7))
    assert (account.already, account.signed) == (count, 3 - count)
    assert branch.digests() == whole.digests()


def test_a_kill_between_any_two_files_loses_nothing(branch: Branch) -> None:
    """A real SIGKILL, just before a file gets its name."""
    program = (
        "import os, signal, sys; from pathlib import Path; from certgen import api\n"
        "os.environ['CERTGEN_PASSPHRASE'] = 'sample'\n"
        "left = [int(sys.argv[3])]\n"
        "def watch(event, _):\n"
        "    if event != 'os.rename': return\n"
        "    left[0] -= 1\n"
        "    if not left[0]: os.kill(os.getpid(), signal.SIGKILL)\n"
        "sys.addaudithook(watch)\n"
        "api.sign_as(Path(sys.argv[1]), 'zezhou', Path(sys.argv[2]), lambda key: b'sample')"
    )
    command = [sys.executable, "-c", program, str(branch.office.agency), str(branch.folder)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    # The first file of all notes when the signing began; it is there from the third run on.
    for kill_at, signed in ((1, 0), (2, 0), (2, 1), (2, 2)):
        ended = subprocess.run([*command, str(kill_at)], env=environment, check=False)  # noqa: S603 - this interpreter
        assert ended.returncode == -signal.SIGKILL
        found = [signed_by(path) for path in branch.pdfs]
        assert all(one[0] == "AgencySeal" for one in found)  # whole, before or after
        assert sum(len(one) == 2 for one in found) == signed
    account = branch.sign()
    assert (account.already, account.signed, account.refused) == (2, 1, 0)


def changed_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(changed_byte, "not what headquarters has sent", id="a byte"),
        pytest.param(
            lambda path: path.write_bytes(path.read_bytes() + b"% a remark\n"),
            "cannot be read|revisions",
            id="bytes behind",
        ),
        pytest.param(lambda path: path.unlink(), "not in the folder", id="gone"),
        pytest.param(lambda path: path.write_bytes(b""), "not what headquarters", id="emptied"),
    ],
)
def test_a_file_that_changed_on_the_way_is_refused_and_the_others_are_signed(
    branch: Branch, change: Callable[[Path], None], why: str
) -> None:
    victim = branch.pdfs[1]
    change(victim)
    left = victim.read_bytes() if victim.exists() else None
    account = branch.sign()
    assert (account.signed, account.refused) == (2, 1)
    (finding,) = account.findings
    assert finding.code == "sign/refused"
    assert any(part in finding.said.en for part in why.split("|"))
    assert (victim.read_bytes() if victim.exists() else None) == left


def test_two_files_that_changed_names_are_both_refused(branch: Branch) -> None:
    first, second, _ = branch.pdfs
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)
    account = branch.sign()
    assert (account.signed, account.refused) == (1, 2)


def test_another_key_than_that_of_the_earlier_run_does_not_sign_over_it(
    branch: Branch,
) -> None:
    branch.sign()
    # Somebody else's key, with a certificate of the same authority and name.
    made = ca.make({"zezhou": "云河样例机械制造有限公司泽州分公司"}, "sample", NOW.date())
    key = branch.office.folder / "keys" / "zezhou.p12"
    key.write_bytes(made.pkcs12["zezhou"])
    key.chmod(0o600)
    with (branch.office.folder / "ca.pem").open("ab") as file:
        file.write(made.root_pem)
    account = branch.sign()
    assert (account.already, account.refused) == (0, 3)
    assert "bears another's signature" in account.findings[0].said.en


def test_a_list_that_was_changed_is_refused_as_a_whole(branch: Branch) -> None:
    path = branch.folder / "handover-zezhou.csv"
    text = path.read_text("utf-8-sig")
    path.write_text("\n".join(text.splitlines()[:-1]) + "\n", "utf-8-sig")
    before = branch.digests()
    with pytest.raises(CertgenError, match="not what was signed"):
        branch.sign()
    assert branch.digests() == before


def test_a_list_that_a_stranger_signed_is_refused(branch: Branch, tmp_path: Path) -> None:
    """The stranger's certificate is of the same authority, and names another."""
    made = ca.make({"x": "青木样例职业技能培训学校"}, "sample", NOW.date())
    key = tmp_path / "x.p12"
    key.write_bytes(made.pkcs12["x"])
    key.chmod(0o600)
    with (branch.office.folder / "ca.pem").open("ab") as file:
        file.write(made.root_pem)
    path = branch.folder / "handover-zezhou.csv"
    lines = handover.lines_of(path.read_bytes(), path)
    path.unlink()
    handover.write(path, lines, Signer(load_pkcs12(key, b"sample", today=NOW)))
    with pytest.raises(SigningError, match="青木"):
        branch.sign()


def test_without_a_root_nobody_knows_who_has_signed_and_nothing_is(branch: Branch) -> None:
    branch.office.change_settings('root = "ca.pem"\n', "")
    with pytest.raises(SigningError, match="no root certificate"):
        branch.sign()


def test_without_the_list_nothing_is_signed(branch: Branch) -> None:
    (branch.folder / "handover-zezhou.csv.p7s").unlink()
    with pytest.raises(InputError, match="as it was sent"):
        branch.sign()


def test_a_second_run_at_the_same_time_is_sent_away(branch: Branch) -> None:
    busy = InputError(zh="忙", en="busy")
    with holding(branch.folder / ".certgen-sign.lock", lambda _pid: busy):
        problem = message(branch.sign, InputError)
    assert "at work on" in problem.said.en


def test_headquarters_takes_back_what_the_branch_signed(
    headquarters: Office, branch: Branch
) -> None:
    before = branch.digests()
    branch.sign()
    account = hand_back(headquarters, branch.folder)
    assert (account.listed, account.registered, account.refused) == (3, 3, 0)
    finished = branch.digests()
    entries = {f"{e.code}.pdf": e for e in headquarters.entries() if e.record.branch}
    assert {name: entry.sha256 for name, entry in entries.items()} == finished
    public = {Path(name).name: digest for name, digest in headquarters.public().items()}
    assert {name: public[name] for name in finished} == finished
    with headquarters.register() as register:
        events = register.events(next(iter(entries.values())).code)
    assert [event.what for event in events] == ["reserved", "issued", "released", "countersigned"]
    assert events[1].detail in before.values()


def test_taking_back_twice_changes_nothing_and_the_list_is_gone_after_the_next_run(
    headquarters: Office, branch: Branch
) -> None:
    branch.sign()
    hand_back(headquarters, branch.folder)
    public = headquarters.public()
    account = hand_back(headquarters, branch.folder)
    assert (account.registered, account.already, account.refused) == (0, 3, 0)
    assert headquarters.public() == public
    again = headquarters.issue()
    assert (again.already, again.awaiting) == (4, {})


def test_a_file_changed_after_the_branch_signed_is_not_taken_back(
    headquarters: Office, branch: Branch
) -> None:
    branch.sign()
    changed_byte(branch.pdfs[0])
    account = hand_back(headquarters, branch.folder)
    assert (account.registered, account.refused) == (2, 1)
    assert codes(account.findings) == ["sign/not-taken-back"]


def test_a_file_of_another_headquarters_is_not_taken_back(
    headquarters: Office, branch: Branch
) -> None:
    branch.sign()
    (headquarters.folder / "register.db").unlink()
    headquarters.roster(MAIN[:2], BRANCH[:2])
    account = hand_back(headquarters, branch.folder)
    assert (account.registered, account.refused) == (0, 3)


def test_the_finished_file_satisfies_the_quick_check(branch: Branch) -> None:
    branch.sign()
    (line,) = rows(branch.folder / "signed-zezhou.csv")[:1]
    data = (branch.folder / line[1]).read_bytes()
    (own, *_) = finished(data, int(line[3]), "B-B")
    agency = finished_agency(data, int(line[3]))
    with pikepdf.open(BytesIO(data)) as file:
        check_signatures(data, file, Signatures(agency, sha256(own).hexdigest()))


def finished_agency(data: bytes, size: int) -> str:
    with pikepdf.open(BytesIO(data[:size])) as file:
        cms = contents_of(file.Root.AcroForm.Fields[0].V)
    return sha256(signer_of(cms)[0]).hexdigest()


def test_what_was_begun_is_forgotten_when_all_is_signed(branch: Branch) -> None:
    branch.sign()
    assert not (branch.folder / countersigning.BEGUN).exists()
    with pikepdf.open(branch.pdfs[0]) as file:
        assert str(file.Root.AcroForm.Fields[1].V.M) == "D:20260604120000Z"  # 20:00 in Beijing
