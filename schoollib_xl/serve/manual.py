"""The manual as the help of the running program."""

from schoollib_xl.pages.manual.reading import help_page
from schoollib_xl.serve.server import Reply

_FOLDER = "manual/"


def manual_reply(address: str) -> Reply | None:
    """The page of the manual at this address; None where it is no address of the manual."""
    page = help_page(address.removeprefix(_FOLDER)) if address.startswith(_FOLDER) else None
    return Reply(page.encode()) if page else None
