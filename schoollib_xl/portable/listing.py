"""The listing in the package: every file but itself with its digest, as sha256sum writes it."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

LISTING = "文件清单.txt"


def listing(files: Mapping[str, bytes]) -> bytes:
    """The listing of these files by their paths."""
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def damaged(root: Path) -> Iterator[str]:
    """The paths that are listed and missing below `root`, or not as listed. Raises OSError without a listing."""
    for line in (root / LISTING).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        if not _is_as_listed(root / name, digest):
            yield name


def _is_as_listed(path: Path, digest: str) -> bool:
    try:
        return sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False
