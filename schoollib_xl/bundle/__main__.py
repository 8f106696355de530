"""Build the package: ``python -m schoollib_xl.bundle [--into DIR] [--downloads DIR]``."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from schoollib_xl.bundle.building import build
from schoollib_xl.bundle.pins import PINS, CannotBundle, download, read_pins
from schoollib_xl.saving import replace


def main() -> int:
    """Build it; 0 where it was written, 2 where it could not be, with one sentence on stderr."""
    parser = argparse.ArgumentParser(prog="python -m schoollib_xl.bundle", description=__doc__)
    parser.add_argument("--into", type=Path, default=Path("dist"), help="where the zip goes (default: dist)")
    parser.add_argument("--downloads", type=Path, help="a folder with the pinned files, which is kept")
    asked = parser.parse_args()
    try:
        written = _build(asked.into, asked.downloads)
    except CannotBundle as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    sys.stdout.write(f"{written} ({written.stat().st_size / 1e6:.1f} MB)\n")
    return 0


def _build(into: Path, downloads: Path | None) -> Path:
    pins = read_pins(PINS.read_text(encoding="utf-8"))
    with TemporaryDirectory() as folder:
        kept = downloads or Path(folder)
        download(pins, kept)
        bundle = build(pins, kept)
    replace(into / bundle.name, bundle.data)
    return into / bundle.name


if __name__ == "__main__":
    sys.exit(main())
