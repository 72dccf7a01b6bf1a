"""Chromium on a page of ours: served on loopback with no other network, or opened from a disk."""

import json
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=zh-CN",
)


class Site(SimpleHTTPRequestHandler):
    """A host that publishes the folder under /c/ and answers /c/<code> with its page, as docs advise."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm"}  # noqa: RUF012

    def translate_path(self, path: str) -> str:
        plain = path.partition("?")[0].partition("#")[0]
        name = plain.removeprefix("/c/")
        if not plain.startswith("/c/"):
            return str(Path(self.directory) / "nothing")
        if name == "" or (len(name) == 22 and name[0] in "YS" and name[1:].isdigit()):
            name = "index.html"
        return super().translate_path(f"/{name}")

    def send_header(self, keyword: str, value: str) -> None:
        # It is exact to the second, within which a test replaces a list: 304 would bring the old one back.
        if keyword != "Last-Modified":
            super().send_header(keyword, value)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the folder, ending in /c/."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Site, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/c/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium(*flags: str, phone: bool = False) -> Iterator[webdriver.Chrome]:
    """A browser with an empty profile that can reach nothing but this machine."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    # Every name but this machine's leads nowhere: a request to the world would fail and be logged.
    block = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    for flag in (*FLAGS, block, *flags):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": "zh-CN,zh"})
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        size(driver, 390, 844) if phone else size(driver, 1180, 860)
        yield driver
    finally:
        driver.quit()


def size(driver: webdriver.Chrome, width: int, height: int) -> None:
    """The width a page sees, also below what a window may have."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def requests(driver: webdriver.Chrome) -> list[str]:
    """Every address asked for since the last call."""
    found = []
    for entry in driver.get_log("performance"):  # type: ignore[no-untyped-call]
        message: dict[str, Any] = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(str(message["params"]["request"]["url"]))
    return found


def complaints(driver: webdriver.Chrome) -> list[str]:
    """What the console holds of errors and of violations of the security policy."""
    entries = driver.get_log("browser")  # type: ignore[no-untyped-call]
    return [str(entry["message"]) for entry in entries if entry["level"] == "SEVERE"]


def whole_page(driver: webdriver.Chrome, path: Path) -> None:
    """A screenshot of the page from top to bottom."""
    shot = driver.execute_cdp_cmd(
        "Page.captureScreenshot", {"captureBeyondViewport": True, "format": "png"}
    )
    path.write_bytes(b64decode(shot["data"]))
