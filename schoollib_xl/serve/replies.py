"""What requests are made of and what is answered, whatever they are about."""

import json
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict

from schoollib_xl.ledgers.library import Library
from schoollib_xl.names import legible
from schoollib_xl.serve.served import Served
from schoollib_xl.serve.server import TEXT, Reply
from schoollib_xl.wording.desk.desk_page import NOT_YET

JSON = "application/json; charset=utf-8"


class Asked(BaseModel):
    """A request's body: what is not foreseen is refused."""

    model_config = ConfigDict(extra="forbid", str_max_length=4000)


class Refusal(Exception):
    """A request cannot be done; the text is one Chinese sentence."""

    def __init__(self, sentence: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(sentence)
        self.status = status


def books_of(served: Served) -> Library:
    """The books as they were read last. Raises Refusal while they never were, with what keeps them from it."""
    if served.library is None:
        raise Refusal((served.seen and served.seen.trouble) or NOT_YET)
    return served.library


def page(html: str) -> Reply:
    """A page or a part of one."""
    return Reply(legible(html).encode())


def in_json(value: Any) -> Reply:
    """A value for the page's script."""
    return Reply(legible(json.dumps(value, ensure_ascii=False)).encode(), JSON)


def sentence(text: str, status: HTTPStatus = HTTPStatus.OK) -> Reply:
    """One sentence."""
    return Reply(legible(text).encode(), TEXT, status)
