"""The interpreter: python.org's embeddable Python, as its files were signed."""

import io
import re
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from schoollib_xl.bundle.pins import CannotBundle

FOLDER = "runtime"
LIBRARIES = f"{FOLDER}/Lib/site-packages"
_ARCHIVE, _INSIDE = "data.zip", "cp311/"
# An embeddable Python with this file takes its paths from it alone: no environment, no working folder, no user's
# packages. `import site` reads pywin32.pth, which makes its DLLs known.
_PATHS = "python311._pth"
_PATHS_TEXT = b"python311.zip\r\n.\r\nLib\\site-packages\r\nimport site\r\n"
_SIGNED = (".exe", ".dll", ".pyd")
# Microsoft signs its own C runtime, which the embeddable Python carries.
_SIGNERS = ("Python Software Foundation", "Microsoft Corporation")
_SIGNER = re.compile(r"Signer's certificate:.*?Subject: [^\n]*?/O=([^/\n]+)/", re.DOTALL)
_DIGESTS = re.compile(r"(?:Current|Calculated) message digest *: *([0-9A-F]+)")


def interpreter_files(source: bytes) -> dict[str, bytes]:
    """The files of the interpreter by their paths in the package, from the source distribution that carries them.

    Raises CannotBundle where it does not carry them, or a file is not as it was signed.
    """
    with ZipFile(io.BytesIO(_archive(source))) as archive:
        names = [name for name in archive.namelist() if name.startswith(_INSIDE) and not name.endswith("/")]
        found = {name.removeprefix(_INSIDE): archive.read(name) for name in names}
    if _PATHS not in found:
        raise CannotBundle("The source distribution of Python does not hold the embeddable Python 3.11.")
    _check_signatures(found)
    return {f"{FOLDER}/{name}": data for name, data in (found | {_PATHS: _PATHS_TEXT}).items()}


def _archive(source: bytes) -> bytes:
    with tarfile.open(fileobj=io.BytesIO(source)) as tar:
        for member in tar.getmembers():
            file = tar.extractfile(member) if PurePosixPath(member.name).name == _ARCHIVE else None
            if file:
                return file.read()
    raise CannotBundle(f"The source distribution of Python holds no {_ARCHIVE}.")


def _check_signatures(files: Mapping[str, bytes]) -> None:
    """Authenticode, where osslsigncode is installed; the digest of the whole has been checked already."""
    program = shutil.which("osslsigncode")
    if not program:
        return
    with TemporaryDirectory() as folder:
        for name in sorted(files):
            if name.endswith(_SIGNED):
                path = Path(folder) / name
                path.write_bytes(files[name])
                _check_signature(program, path)


def _check_signature(program: str, path: Path) -> None:
    # Its exit code also tells of revocation lists it could not download, so what it found is read instead.
    done = subprocess.run([program, "verify", "-in", path], capture_output=True, text=True, check=False)
    signer = _SIGNER.search(done.stdout)
    if not signer or signer[1] not in _SIGNERS or len(set(_DIGESTS.findall(done.stdout))) != 1:
        raise CannotBundle(f"{path.name} is not as the Python Software Foundation signed it.")
