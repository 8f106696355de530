"""Which template is used: the school's own before ours."""

from pathlib import Path

import schoollib_xl


def find_template(name: str, beside: Path) -> Path:
    """Return the template with this file name for a workbook.

    Looks beside the workbook, in ``templates`` beside it, in the installed package, and in the source checkout.
    Raises :class:`FileNotFoundError` for a name that is none of our papers.
    """
    package = Path(schoollib_xl.__file__).parent
    folder = beside if beside.is_dir() else beside.parent
    places = (folder, folder / "templates", package / "templates", package.parent / "templates")
    for place in places:
        if (place / name).is_file():
            return place / name
    raise FileNotFoundError(name)
