"""Modules compiled ahead: a stick that is read-only, or another user's, cannot keep what Python compiles itself."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from schoollib_xl.bundle.pins import CannotBundle

# Python 3.11 reads what any 3.11 compiled, and nothing else.
_VERSION = (3, 11)


def compiled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The compiled modules of these sources, by their paths beside them. What does not compile (a sample for another
    Python) stays a source. Raises CannotBundle under another Python than the package's.
    """
    if sys.version_info[:2] != _VERSION:
        raise CannotBundle("The package holds Python 3.11, so Python 3.11 builds it.")
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            if name.endswith(".py"):
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        _compile(folder)
        found = sorted(Path(folder).rglob("*.pyc"))
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _compile(folder: str) -> None:
    """In a process of its own that begins the same way each time: what is marshalled depends on it. The code is not
    compared with its source again when it runs, so times of files say nothing.
    """
    command = (sys.executable, "-S", "-P", "-m", "compileall", "-qq", "--invalidation-mode", "unchecked-hash")
    place = ("-s", folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run([*command, *place, folder], env=environment | {"PYTHONHASHSEED": "0"}, check=False)
