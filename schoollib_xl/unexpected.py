"""What is kept and said when something goes wrong that nobody foresaw."""

import os
import tempfile
import traceback
from pathlib import Path


def log_unexpected_error() -> str:
    """Keep the traceback of the exception being handled in a file of its own; one Chinese sentence says where."""
    handle, name = tempfile.mkstemp(prefix="schoollib-", suffix=".log", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        traceback.print_exc(file=log)
    return f"程序出了意外，没有做完；把这个文件发给维护的人：{Path(name)}"
