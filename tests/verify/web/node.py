"""Runs the page's own modules in Node.js, one process a question: quicker than a browser, and as strict."""

import json
import subprocess
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[3] / "verify" / "web" / "page"


def run(body: str, given: Any, imports: str = "") -> Any:
    """What `body`, an async function of `given`, returns. `imports`: lines such as {parse} from payload.js."""
    lines = [
        f'import {names} from "{(PAGE / module).as_uri()}";'
        for names, module in (line.split(" from ") for line in imports.splitlines())
    ]
    program = "\n".join(
        (
            *lines,
            'import { readFileSync } from "node:fs";',
            'import { webcrypto } from "node:crypto";',
            "globalThis.crypto ??= webcrypto;",  # Node.js 18 does not show it by itself
            'const given = JSON.parse(readFileSync(0, "utf8"));',
            'const bytes = (text) => Uint8Array.from(Buffer.from(text, "hex"));',
            f"const answer = await (async () => {{ {body} }})();",
            "process.stdout.write(JSON.stringify(answer));",
        )
    )
    done = subprocess.run(  # noqa: S603  (our own words)
        ["node", "--input-type=module", "--eval", program],  # noqa: S607
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)
