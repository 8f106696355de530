"""A Word document as bytes, always the same for the same content."""

import io
from datetime import date, datetime, time

from docx.document import Document

from schoollib_xl.documents.filling.placeholders import ILLEGAL
from schoollib_xl.packages import normalised


def package_bytes(document: Document) -> bytes:
    """Return the bytes of a .docx, depending on nothing but its content."""
    file = io.BytesIO()
    document.save(file)
    return normalised(file.getvalue())


def stamp(document: Document, title: str, author: str, on: date) -> None:
    """Set what the file says about itself: title, author and the date all papers of this run carry."""
    properties, moment = document.core_properties, datetime.combine(on, time())
    # A name copied from elsewhere may hold signs that no XML can; they are left out here as in the text.
    title, author = ILLEGAL.sub("", title), ILLEGAL.sub("", author)
    properties.title, properties.author, properties.last_modified_by = title, author, author
    properties.created = properties.modified = moment
    properties.comments, properties.revision = "", 1
