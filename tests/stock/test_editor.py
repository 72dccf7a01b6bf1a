"""The editing page: one file without a network; what a person does in it is what the saved definition says."""

import base64
import hashlib
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By

from certgen import stocks
from certgen.errors import InputError
from certgen.standards.forms import FormId
from certgen.stock import editor, reading, writing
from certgen.stock.definition import FRONT, Key, Of, State
from certgen.stock.proposing import Proposed
from tests.stock.definitions import a_stock, a_tree
from tests.verify.web.browser import chromium, complaints, requests


def test_the_page_refers_to_nothing_and_runs_its_own_script_alone() -> None:
    tree = a_tree() | {"version": "</script><script>alert(1)</script><!--"}
    page = editor.page(a_stock(tree), tree, "stock.toml")
    assert not re.search(r"(https?:)?//[a-z]", page.replace("http://www.w3.org", ""))
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    for text in (script, style):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in page
    (data,) = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL
    )
    assert json.loads(data)["tree"] == tree
    assert page.count("<script>") == 1


@pytest.mark.parametrize(
    "form", [FormId.NATIONAL_2021, FormId.SPECIAL_ABILITY, FormId.SUPERVISOR_CARD]
)
def test_every_slot_is_on_the_page(form: FormId) -> None:
    tree = a_tree(Of(form))
    stock = a_stock(tree)
    page = editor.page(stock, tree, "stock.toml")
    (data,) = re.findall(r'id="data">(.*?)</script>', page, re.DOTALL)
    listed = {Key(slot["side"] - 1, slot["id"]) for slot in json.loads(data)["slots"]}
    assert listed == set(stock.states) | {Key(FRONT, "check")}


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "stock.toml").write_text(writing.dumps(a_tree()), encoding="utf-8")
    page = stocks.edit(tmp_path / "stock.toml")
    assert page == tmp_path / "stock.html"
    assert stocks.edit(tmp_path / "stock.toml") == page  # our own page is made anew
    page.write_text("<html>my notes</html>", encoding="utf-8")
    with pytest.raises(InputError, match="not overwritten"):
        stocks.edit(tmp_path / "stock.toml")


# In a browser


@pytest.fixture(scope="module")
def opened(folder: Path, proposed: Proposed) -> Iterator[WebDriver]:
    """The page of the sample stock, and a folder for what it saves."""
    assert proposed.tree
    stocks.edit(folder / "stock.toml", folder / "edit.html")
    (folder / "saved").mkdir()
    with chromium() as driver:
        where = {"behavior": "allow", "downloadPath": str(folder / "saved")}
        driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)
        driver.get((folder / "edit.html").as_uri())
        yield driver
        driver.execute_script("onbeforeunload = null")


def saved(driver: WebDriver, folder: Path) -> str:
    """What the button saves."""
    for old in (folder / "saved").iterdir():
        old.unlink()
    driver.find_element(By.ID, "save").click()
    path = folder / "saved" / "stock.toml"
    for _ in range(100):
        if path.exists() and path.stat().st_size:
            return path.read_text(encoding="utf-8")
        time.sleep(0.05)
    raise AssertionError(list((folder / "saved").iterdir()))


def tick(driver: WebDriver, slot: str, state: str) -> None:
    driver.find_element(
        By.CSS_SELECTOR, f'tr[data-slot="{slot}"] input[data-state={state}]'
    ).click()


def test_unchanged_it_saves_what_it_was_given(
    opened: WebDriver, folder: Path, proposed: Proposed
) -> None:
    assert saved(opened, folder) == writing.dumps(reading.load_tree(folder / "stock.toml"))
    assert proposed.snapped == 7
    assert complaints(opened) == []
    asked = [one for one in requests(opened) if not one.startswith(("file:", "data:", "blob:"))]
    assert asked == []


def test_moved_and_ticked_it_saves_a_definition_that_is_accepted(
    opened: WebDriver, folder: Path, proposed: Proposed
) -> None:
    before = reading.load(folder / "stock.toml")
    was = {text.id: text for text in before.sides[FRONT].texts}
    keys = ActionChains(opened)
    opened.find_element(By.CSS_SELECTOR, 'tr[data-slot="name.value"]').click()
    keys.send_keys(Keys.ARROW_RIGHT * 3, Keys.ARROW_UP).perform()
    opened.find_element(By.CSS_SELECTOR, 'tr[data-slot="code.value"]').click()
    ActionChains(opened).key_down(Keys.SHIFT).send_keys(Keys.ARROW_LEFT).key_up(
        Keys.SHIFT
    ).perform()
    photo = opened.find_element(By.CSS_SELECTOR, '.box[data-slot="photo"]')
    ActionChains(opened).drag_and_drop_by_offset(photo, -20, 12).perform()
    tick(opened, "agency.name", "printed")  # away: it is data then
    tick(opened, "title.en", "none")
    lines = opened.find_element(By.CSS_SELECTOR, 'tr[data-slot="job.value"]')
    lines.click()
    field = opened.find_element(By.CSS_SELECTOR, '#place input[name="lines"]')
    field.send_keys(Keys.CONTROL, "a", Keys.NULL, "1", Keys.ENTER)
    text = saved(opened, folder)
    after = reading.read("stock.toml", text, folder)
    now = {one.id: one for one in after.sides[FRONT].texts}
    assert now["name.value"].x0 == pytest.approx(was["name.value"].x0 + 0.3, abs=0.001)
    assert now["name.value"].x1 == pytest.approx(was["name.value"].x1 + 0.3, abs=0.001)
    assert now["name.value"].baseline == pytest.approx(was["name.value"].baseline - 0.1, abs=0.001)
    assert now["code.value"].x0 == pytest.approx(was["code.value"].x0 - 1, abs=0.001)
    assert now["job.value"].max_lines == 1
    assert now["level.value"] == was["level.value"]
    moved, still = after.sides[FRONT].photo, before.sides[FRONT].photo
    assert moved
    assert still
    pixels = opened.find_element(By.ID, "sheet").size["width"] / 297
    assert moved.x == pytest.approx(still.x - 20 / pixels, abs=0.3)
    assert moved.y == pytest.approx(still.y + 12 / pixels, abs=0.3)
    assert after.states[Key(FRONT, "agency.name")] is State.DATA
    assert after.states[Key(FRONT, "title.en")] is State.NONE
    assert after.scan == before.scan
    assert writing.dumps(reading.tree_of("stock.toml", text)) == text
    assert proposed.tree["version"] == after.version


def test_it_speaks_both_languages_and_zooms(opened: WebDriver) -> None:
    width = opened.find_element(By.ID, "sheet").size["width"]
    first = opened.find_element(By.ID, "save").text
    opened.find_element(By.ID, "language").click()
    assert {first, opened.find_element(By.ID, "save").text} == {"保存", "Save"}
    opened.find_element(By.ID, "larger").click()
    assert opened.find_element(By.ID, "sheet").size["width"] == pytest.approx(width * 1.25, abs=2)
