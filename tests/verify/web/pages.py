"""What the browser tests share: a page built for a world, and a hand that uses it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from certgen.errors import Said
from tests.verify.web import world
from tests.verify.web.world import World
from verify.web.build import Page, build

SECONDS = 20


def built(folder: Path, of: World, **more: Any) -> Path:
    """The page of that world."""
    page = Page(
        Said(world.NAME, "Yunhe assessment centre"),
        world.NOW.date().isoformat(),
        of.contents(),
        **more,
    )
    build(folder, page)
    return folder


@dataclass(frozen=True)
class Hand:
    """Uses the page as a person does, and says what stands there."""

    driver: Chrome
    folder: Path  # for the files it chooses

    def open(self, address: str) -> None:
        """The page, ready."""
        self.driver.get(address)
        self._until("return document.documentElement.dataset.ready === 'yes'")

    def choose(self, data: bytes, name: str = "picture.png") -> None:
        """A file by the button; waits until the page has answered."""
        path = self.folder / name
        path.write_bytes(data)
        self._before()
        self.driver.find_element(By.ID, "file").send_keys(str(path))
        self._after()

    def type_code(self, text: str) -> None:
        """A number or a text into the field; waits for the answer."""
        field = self.driver.find_element(By.ID, "code")
        field.clear()
        field.send_keys(text)
        self._before()
        self.click("#typed button")
        self._after()

    def click(self, selector: str) -> None:
        """What the selector finds, wherever it stands on the page."""
        self.driver.execute_script("document.querySelector(arguments[0]).click()", selector)

    def wait(self) -> None:
        """Until the page has answered what its address or its camera brought."""
        self._after()

    @property
    def verdict(self) -> str:
        """VALID, INVALID or INDETERMINATE; '' where there is no result."""
        script = (
            "return document.querySelector('#answer:not([hidden]) .verdict')?.classList[1] ?? ''"
        )
        return str(self.driver.execute_script(script))

    @property
    def reasons(self) -> dict[str, str]:
        """Every check that did not pass, with its reason."""
        script = """
          const rows = document.querySelectorAll(".evidence li:not(.passed)");
          return Object.fromEntries([...rows].map((one) => [one.dataset.check, one.dataset.reason]));
        """
        found = self.driver.execute_script(script)
        return {str(check): str(reason) for check, reason in found.items()}

    @property
    def fields(self) -> dict[str, str]:
        """What is shown for comparison with the paper, by its label."""
        script = """
          return [...document.querySelectorAll(".field")].map((one) => [
            one.querySelector("dt").textContent, one.querySelector("dd").textContent]);
        """
        return dict(self.driver.execute_script(script))

    @property
    def said(self) -> str:
        """What the live region says."""
        return str(self.driver.find_element(By.ID, "doing").get_attribute("textContent"))

    @property
    def text(self) -> str:
        """Everything that can be seen."""
        return self.driver.find_element(By.TAG_NAME, "body").text

    def _before(self) -> None:
        self.driver.execute_script(
            "document.getElementById('doing').textContent = '';"
            "document.getElementById('answer').hidden = true;"
        )

    def _after(self) -> None:
        self._until(
            "const doing = document.getElementById('doing');"
            "return !document.getElementById('answer').hidden || doing.classList.contains('trouble')"
        )

    def _until(self, script: str) -> None:
        WebDriverWait(self.driver, SECONDS, poll_frequency=0.05).until(
            lambda driver: driver.execute_script(script)
        )


def blocked(urls: list[str], allowed: str) -> list[str]:
    """Of these addresses the ones that lead elsewhere."""
    return [url for url in urls if not url.startswith((allowed, "data:", "blob:"))]


def axe(driver: Chrome, source: str) -> list[str]:
    """Violations of accessibility rules (WCAG 2.1 A and AA, and good practice), one line each."""
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": source})
    found = driver.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, { resultTypes: ['violations'] }).then((all) => done(JSON.stringify("
        "all.violations.map((one) => [one.id, one.help, one.nodes.map((node) => node.target.join(' '))]))));"
    )
    return [str(one) for one in json.loads(found)]
