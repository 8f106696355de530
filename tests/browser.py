"""Chromium for the tests: one page held open, looked into over the pipe it offers to programs."""

import fcntl
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_SECONDS = 90
_PIPE = (3, 4)


def chromium() -> str | None:
    """Return the path of Chromium, or None where the machine has none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Page:
    """A page that is open in a running Chromium."""

    def __init__(self, write_to: int, read_from: int) -> None:
        self._commands = os.fdopen(write_to, "wb", buffering=0)
        self._answers = os.fdopen(read_from, "rb", buffering=0)
        self._rest = b""
        self._sent = 0
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def open(self, place: Path | str) -> None:
        """Go to a file or an address."""
        self._call("Page.navigate", self._session, url=place if isinstance(place, str) else place.as_uri())

    def open_beside(self, addresses: Iterable[str]) -> None:
        """Open more pages in the same browser."""
        for address in addresses:
            self._call("Target.createTarget", url=address)

    def evaluate(self, script: str) -> Any:
        """The value of a JavaScript expression in the page; None while the page is being loaded."""
        answer = self._call("Runtime.evaluate", self._session, expression=script, returnByValue=True)
        return answer.get("result", {}).get("value")

    def wait_for(self, script: str) -> None:
        """Wait until an expression is true. Raises AssertionError where it never is."""
        until = time.monotonic() + _SECONDS
        while not self.evaluate(script):
            assert time.monotonic() < until, f"never true: {script}"
            time.sleep(0.1)

    def resize(self, width: int, height: int) -> None:
        """Show the page as a screen of this size in CSS pixels does."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self._call("Emulation.setDeviceMetricsOverride", self._session, **size)

    def live_in(self, zone: str) -> None:
        """Show the time of a zone of the tz database; "" for that of this machine."""
        self._call("Emulation.setTimezoneOverride", self._session, timezoneId=zone)

    def screenshot(self) -> str:
        """What is in view, as a PNG in base64."""
        return str(self._call("Page.captureScreenshot", self._session)["data"])

    def type(self, text: str) -> None:
        """Press the keys of the text and Enter as a scanner does, wherever the focus is."""
        for one in (*text, "\r"):
            key = {"key": "Enter" if one == "\r" else one, "text": one}
            for kind in ("keyDown", "keyUp"):
                self._call("Input.dispatchKeyEvent", self._session, type=kind, **key)

    def close(self) -> None:
        """Let the browser end."""
        self._commands.close()
        self._answers.close()

    def _call(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": parameters}
        self._commands.write(json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0")
        while True:
            answer = json.loads(self._next())
            if answer.get("id") == self._sent:
                result: dict[str, Any] = answer.get("result", {})
                return result

    def _next(self) -> bytes:
        while b"\0" not in self._rest:
            piece = self._answers.read(1 << 16)
            assert piece, "Chromium has ended"
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        return message


@contextmanager
def open_page(place: Path | str, folder: Path) -> Iterator[Page]:
    """The file or address open in Chromium, which is ended when the block is left."""
    program = chromium()
    assert program is not None, "Chromium is not installed"
    commands, write_to = os.pipe()
    read_from, answers = os.pipe()
    # Above the two numbers that Chromium reads commands from and writes answers to.
    kept = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (commands, answers)]
    process = subprocess.Popen(
        [program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--window-size=900,700",
         f"--user-data-dir={folder / 'chromium'}"],
        pass_fds=_PIPE, preexec_fn=lambda: [os.dup2(end, number) for end, number in zip(kept, _PIPE, strict=True)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for end in (commands, answers, *kept):
        os.close(end)
    page = Page(write_to, read_from)
    try:
        page.open(place)
        yield page
    finally:
        page.close()
        process.terminate()
        process.wait(_SECONDS)
