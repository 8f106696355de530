"""PDF copies of Word files, made by LibreOffice where the machine has it."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from schoollib_xl.saving import save
from schoollib_xl.scratch import scratch_folder

# A page takes a fraction of a second; a machine that needs this long is stuck.
_SECONDS = 300
_NAMES = ("soffice", "libreoffice")
# Where it lies when it is not on the path: Windows and macOS.
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)


class NoPdf(Exception):
    """PDF copies could not be made; says so in one sentence."""


def converter() -> str | None:
    """The path of LibreOffice, or None where the machine has none."""
    # On Windows what lies in the folder one stands in is found first, by a path that begins there: anybody's.
    found = filter(None, map(shutil.which, _NAMES))
    on_path = next((place for place in found if Path(place).is_absolute()), None)
    return on_path or next((place for place in _USUAL if Path(place).is_file()), None)


def pdf_copies(papers: Sequence[Path]) -> list[Path]:
    """Lay a PDF beside each Word file, in place of an older one; where they lie.

    Raises NoPdf where there is no LibreOffice or it fails, and CannotWrite.
    """
    program = converter()
    if program is None:
        raise NoPdf("没有找到LibreOffice，PDF没有做；用Word或WPS打开文件，另存为PDF也可以。")
    with scratch_folder() as folder:
        _convert(program, papers, folder)
        return [_place(folder / f"{paper.stem}.pdf", paper.with_suffix(".pdf")) for paper in papers]


def _convert(program: str, papers: Sequence[Path], folder: Path) -> None:
    """A profile of its own lets it run beside a LibreOffice that is open."""
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    try:
        subprocess.run(
            [*command, "--outdir", str(folder), *map(str, papers)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise NoPdf("LibreOffice没有做出PDF；用Word或WPS打开文件，另存为PDF也可以。") from error


def _place(made: Path, target: Path) -> Path:
    if not made.is_file():
        raise NoPdf(f"LibreOffice没有做出“{target.name}”；用Word或WPS打开文件，另存为PDF也可以。")
    return save(target, lambda file: file.write(made.read_bytes()))
