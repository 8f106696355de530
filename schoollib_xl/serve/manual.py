"""The manual as the help of the running program."""

from schoollib_xl.pages.manual.reading import help_page, help_picture
from schoollib_xl.serve.server import Reply

_FOLDER = "manual/"
_PICTURES = f"{_FOLDER}pictures/"


def manual_reply(address: str) -> Reply | None:
    """The page or picture of the manual at this address; None where it is no address of the manual."""
    if address.startswith(_PICTURES):
        picture = help_picture(address.removeprefix(_PICTURES))
        return Reply(picture, "image/png") if picture else None
    page = help_page(address.removeprefix(_FOLDER)) if address.startswith(_FOLDER) else None
    return Reply(page.encode()) if page else None
