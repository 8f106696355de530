"""A running LibreOffice Calc for the tests: workbooks opened in it, macros run, buttons pressed.

Needs LibreOffice and its Python bridge (python3-uno); ``MISSING`` says what is not there.
"""

import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from office import soffice

# Where Linux distributions put the bridge; it loads in any interpreter of the version it was built for.
_SYSTEM_PACKAGES = "/usr/lib/python3/dist-packages"
_SECONDS = 180
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Filter/Import/VBA"><prop oor:name="Load" oor:op="fuse"><value>true</value>
</prop><prop oor:name="Executable" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Linguistic/SpellChecking"><prop oor:name="IsSpellAuto" oor:op="fuse">
<value>false</value></prop></item>
</oor:items>
"""
_ALWAYS_RUN_MACROS = 4


def _bridge() -> Any:
    """The module `uno`, or None where this interpreter has none."""
    if _SYSTEM_PACKAGES not in sys.path:
        sys.path.append(_SYSTEM_PACKAGES)
    try:
        return importlib.import_module("uno")
    except ImportError:
        return None


uno = _bridge()
MISSING = (
    "LibreOffice is not installed"
    if soffice() is None
    else "the Python bridge of LibreOffice (python3-uno) is not installed for this version of Python"
    if uno is None
    else ""
)


def properties(**values: Any) -> tuple[Any, ...]:
    """Named values as UNO takes them."""
    made = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


class Calc:
    """One running LibreOffice. `pipe` is where another process can reach it."""

    def __init__(self, desktop: Any, pipe: str) -> None:
        self.desktop = desktop
        self.pipe = pipe

    def open(self, path: Path, **how: Any) -> Any:
        """The document of a workbook, its macros allowed; `how` are LibreOffice's own loading properties."""
        document = self.desktop.loadComponentFromURL(
            path.as_uri(), "_blank", 0, properties(MacroExecutionMode=_ALWAYS_RUN_MACROS, **how)
        )
        assert document is not None, f"LibreOffice cannot open {path}"
        return document


def run_macro(document: Any, macro: str, *arguments: Any) -> Any:
    """Run a Sub or Function of a workbook (Module.Name). LibreOffice swallows its errors: look at what it did."""
    place = f"vnd.sun.star.script:VBAProject.{macro}?language=Basic&location=document"
    return document.getScriptProvider().getScript(place).invoke(arguments, (), ())[0]


def buttons(document: Any, sheet: str) -> dict[str, str]:
    """The captions of a sheet's buttons, each with the script it is bound to."""
    forms = document.Sheets.getByName(sheet).DrawPage.Forms
    bound: dict[str, str] = {}
    for form in (forms.getByIndex(number) for number in range(forms.Count)):
        for index in range(form.Count):
            scripts = [one.ScriptCode for one in form.getScriptEvents(index) if one.EventMethod == "actionPerformed"]
            bound[form.getByIndex(index).Label] = scripts[0] if scripts else ""
    return bound


def press(document: Any, sheet: str, caption: str) -> None:
    """Press a button of a sheet through what it is bound to."""
    document.getScriptProvider().getScript(buttons(document, sheet)[caption]).invoke((), (), ())


@contextmanager
def running_calc(folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Calc]:
    """LibreOffice with a profile of its own in the folder, ended when the block is left."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    pipe = f"schoollib-{os.getpid()}-{time.monotonic_ns()}"
    program = soffice()
    assert program is not None, MISSING
    process = subprocess.Popen(
        [program, "--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;",
         f"-env:UserInstallation={user.parent.as_uri()}"],
        env={**os.environ, **(environment or {}), "SCHOOLLIB_CALC_PIPE": pipe},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield Calc(reach(pipe), pipe)
    finally:
        with suppress(Exception):
            reach(pipe).terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        shutil.rmtree(user.parent, ignore_errors=True)


def reach(pipe: str) -> Any:
    """The desktop of the LibreOffice that listens at this pipe."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    until = time.monotonic() + _SECONDS
    while True:
        try:
            found = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return found.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", found)
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            # UNO's own exceptions crash a generator they pass through.
            if time.monotonic() > until:
                raise RuntimeError("LibreOffice does not answer") from None
        time.sleep(0.1)
