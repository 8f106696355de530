"""LibreOffice for the tests that look at real pages: found, run in a profile of its own, with stand-in fonts."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

# Free fonts that stand in for those a Chinese Windows has; every one of these is an em wide for a Chinese character.
_STAND_INS = {
    "仿宋": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
    "楷体": "AR PL KaitiM GB",
    "Times New Roman": "Liberation Serif",
}
_SECONDS = 300


def soffice() -> str | None:
    """Return the path of LibreOffice, or None where the machine has none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(path: Path, folder: Path, kind: str) -> Path:
    """Return the file LibreOffice makes of another, ``kind`` being its extension."""
    return convert_all([path], folder, kind)[0]


def convert_all(paths: Sequence[Path], folder: Path, kind: str) -> list[Path]:
    """Return the files LibreOffice makes of others in one run."""
    program = soffice()
    assert program is not None, "LibreOffice is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    profile = folder / "profile"
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
    environment = {**os.environ, "FONTCONFIG_FILE": str(_font_aliases(folder))}
    done = subprocess.run(
        [*command, "--outdir", str(folder), *map(str, paths)],
        capture_output=True,
        timeout=_SECONDS,
        env=environment,
        check=True,
    )
    results = [folder / f"{path.stem}.{kind}" for path in paths]
    assert all(result.exists() for result in results), done.stderr.decode(errors="replace")
    return results


def _font_aliases(folder: Path) -> Path:
    matches = "".join(
        f'<match target="pattern"><test name="family" qual="any"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{stand_in}</string></edit></match>'
        for name, stand_in in _STAND_INS.items()
    )
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><cachedir>{folder / "fonts"}</cachedir>'
        f"{matches}</fontconfig>",
        encoding="utf-8",
    )
    return file
