"""Stands in for the Python a macro starts: finds the running LibreOffice as xlwings would find Excel, then does what
was asked. ``SCHOOLLIB_CALC_PIPE`` says where it listens.
"""

import os
import runpy
import sys

import calc_engine

if __name__ == "__main__":
    app = calc_engine.attach(os.environ["SCHOOLLIB_CALC_PIPE"])
    asked = sys.argv[sys.argv.index("--book") + 1]
    next(book for book in app.books if book.fullname == asked).set_mock_caller()
    # What comes before the module's name is meant for the interpreter.
    module = sys.argv.index("-m") + 1
    sys.argv = sys.argv[module:]
    runpy.run_module(sys.argv[0], run_name="__main__")
