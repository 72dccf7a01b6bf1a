"""The folder of the page: made whole from pinned parts, the same each time, and never over other people's files."""

import json
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from certgen.errors import InputError
from tests.exchange.signing import TestKey
from tests.verify.web import world
from tests.verify.web.pages import built
from tests.verify.web.world import World
from verify.cli import main
from verify.trust.pins import Kind, Pin
from verify.trust.store import TrustStore
from verify.web import npm
from verify.web.build import CSP
from verify.web.bundle import BundleError, bundle

DOCS = Path(__file__).parents[3] / "docs"
WORLD = World()


def test_the_folder_is_whole_and_the_same_twice(tmp_path: Path) -> None:
    one, other = (built(tmp_path / name, WORLD) for name in ("one", "other"))
    files = {path.relative_to(one).as_posix(): path.read_bytes() for path in one.rglob("*.*")}
    assert files == {
        path.relative_to(other).as_posix(): path.read_bytes() for path in other.rglob("*.*")
    }
    assert {"index.html", "app.js", "zxing_reader.wasm", "lists/keys.certgen"} <= set(files)
    mark = json.loads(files["certverify-page.json"])
    assert {
        name: sha256(data).hexdigest() for name, data in files.items() if name in mark["sha256"]
    } == mark["sha256"]
    assert set(files) == {*mark["sha256"], "certverify-page.json"}


def test_a_change_of_the_page_makes_another_version_and_thereby_another_cache(
    tmp_path: Path,
) -> None:
    workers = [
        (built(tmp_path / str(number), World(list_number=number)) / "sw.js").read_text("utf-8")
        for number in (3, 4)
    ]
    versions = {text.partition('VERSION = "')[2].partition('"')[0] for text in workers}
    assert len(versions) == len(workers)


def test_no_part_of_the_page_names_a_foreign_address_that_it_could_load(tmp_path: Path) -> None:
    folder = built(tmp_path / "page", WORLD)
    loaded = re.compile(r"""(?:src|href)=["']|import |url\(""")
    html = (folder / "index.html").read_text("utf-8")
    assert all(
        not value.startswith(("http", "//"))
        for value in re.findall(r'(?:src|href)="([^"]*)"', html)
    )
    assert not loaded.search((folder / "style.css").read_text("utf-8"))
    assert " style=" not in html
    assert not re.search(r" on[a-z]+=", html)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "photos"
    mine.mkdir()
    (mine / "one.txt").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="holds other files"):
        built(mine, WORLD)
    assert [path.name for path in mine.iterdir()] == ["one.txt"]


def test_without_npm_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CERTGEN_NPM_CACHE", str(tmp_path / "empty"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match=r"npm was not found.*apt-get install npm"):
        npm.files("zxing-wasm", "LICENSE")


def test_a_package_that_is_not_the_pinned_one_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # An npm that brings something else under the right name.
    fake = tmp_path / "bin" / "npm"
    fake.parent.mkdir()
    fake.write_text(
        '#!/bin/sh\nfor last; do :; done\necho forged > "$last/zxing-wasm.tgz"\n', "utf-8"
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:/usr/bin:/bin")
    monkeypatch.setenv("CERTGEN_NPM_CACHE", str(tmp_path / "cache"))
    with pytest.raises(InputError, match="has not the digest pinned"):
        npm.files("zxing-wasm", "LICENSE")
    assert not list((tmp_path / "cache").glob("*.tgz"))


def test_a_spoiled_archive_in_the_cache_is_fetched_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    good = npm.folder() / f"zxing-wasm-{npm.version('zxing-wasm')}.tgz"
    npm.files("zxing-wasm", "LICENSE")
    shutil.copy(good, tmp_path / "kept.tgz")
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / good.name).write_bytes(good.read_bytes()[:-1] + b"x")
    fake = tmp_path / "bin" / "npm"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nfor last; do :; done\ncp {tmp_path}/kept.tgz "$last/"\n', "utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:/usr/bin:/bin")
    monkeypatch.setenv("CERTGEN_NPM_CACHE", str(cache))
    assert npm.files("zxing-wasm", "LICENSE")[0].startswith(b"MIT License")


def test_the_headers_in_the_docs_are_those_of_the_page() -> None:
    text = (DOCS / "verification-page.md").read_text("utf-8")
    policies = re.findall(r'Content-Security-Policy "([^"]+)"', text)
    assert policies == [f"{CSP}; frame-ancestors 'none'"] * 2


def test_the_pins_name_no_registry() -> None:
    assert "://" not in npm.PINS.read_text("utf-8").replace("sha512-", "")


@pytest.mark.parametrize(
    "text",
    [
        'import main from "./other.js";\n',
        'import "./other.js";\n',
        'import { one } from "https://example.com/one.js";\n',
        "export default 1;\n",
        'export { one } from "./other.js";\n',
        'import { bundled } from "./page.js";\n',
    ],
)
def test_the_bundler_refuses_what_it_does_not_understand(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.js").write_text(text, "utf-8")
    (tmp_path / "other.js").write_text("export const one = 1;\n", "utf-8")
    with pytest.raises(BundleError):
        bundle(tmp_path / "page.js")


# --- certverify page -------------------------------------------------------------------------------


def pinned(folder: Path, root: TestKey = world.ROOT, label: str = "测试根密钥") -> TrustStore:
    """A store in which the world's root is pinned."""
    store = TrustStore.open(folder, allow_sample=True)
    pin = Pin(Kind.LIST_ROOT, sha256(root.spki).hexdigest(), label, root.spki)
    store.add(pin, by="test", now=world.NOW)
    return store


def made(*words: str) -> tuple[int, str]:
    """The exit code of `certverify page` and what it said."""
    done = CliRunner().invoke(main, ["--lang", "en", "page", *words])
    return done.exit_code, done.output


def test_the_command_carries_the_pins_and_lists_of_the_store(tmp_path: Path) -> None:
    store = pinned(tmp_path / "trust")
    for data in WORLD.lists().values():
        store.update(data, world.NOW)
    code, said = made(str(tmp_path / "page"), "--trust", str(store.folder), "--publisher", "某中心")
    assert (code, "the page is made" in said) == (0, True)
    script = (tmp_path / "page" / "data.js").read_text("utf-8")
    config = json.loads(script.partition("CERTVERIFY = ")[2].rstrip(";\n"))["config"]
    assert config["publisher"] == {"zh": "某中心", "en": "某中心"}
    assert [pin["spki"] for pin in config["trust"]["pins"]] == [world.ROOT.spki.hex()]
    lists = sorted(path.read_bytes() for path in (tmp_path / "page" / "lists").iterdir())
    assert lists == sorted(WORLD.lists().values())


def test_lists_named_by_file_keep_their_names_whatever_their_order(tmp_path: Path) -> None:
    store = pinned(tmp_path / "trust")
    paths = []
    for name, data in (
        ("a-status.certgen", WORLD.status_list()),
        ("b-keys.certgen", WORLD.key_list()),
    ):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(data)
    named = [word for path in paths for word in ("--list", str(path))]
    code, said = made(str(tmp_path / "page"), "--trust", str(store.folder), *named)
    assert code == 0, said
    assert sorted(path.name for path in (tmp_path / "page" / "lists").iterdir()) == [
        "a-status.certgen",
        "b-keys.certgen",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (World(root=world.STRANGER).key_list(), "no pinned key proves it"),
        (b"nonsense", "no key list, status list or status pack"),
        (WORLD.status_list(), "no pinned key proves it"),
    ],
    ids=["stranger", "nonsense", "status without keys"],
)
def test_a_list_that_the_pins_do_not_prove_stops_the_build(
    tmp_path: Path, data: bytes, said: str
) -> None:
    store = pinned(tmp_path / "trust")
    (tmp_path / "one.certgen").write_bytes(data)
    code, output = made(
        str(tmp_path / "page"),
        "--trust",
        str(store.folder),
        "--list",
        str(tmp_path / "one.certgen"),
    )
    assert (code, said in output) == (2, True), output
    assert not (tmp_path / "page").exists()


def test_a_store_without_a_key_makes_no_page(tmp_path: Path) -> None:
    code, output = made(str(tmp_path / "page"), "--trust", str(tmp_path / "empty"))
    assert (code, "pins no usable key" in output) == (2, True)


def test_a_sample_root_goes_only_into_a_page_that_says_so(tmp_path: Path) -> None:
    store = pinned(tmp_path / "trust", label="样例根密钥")
    words = (str(tmp_path / "page"), "--trust", str(store.folder))
    code, output = made(*words)
    assert (code, "pins no usable key" in output) == (2, True)
    code, output = made(*words, "--allow-sample")
    assert code == 0, output
    assert '"sample": true' in (tmp_path / "page" / "data.js").read_text("utf-8")
