"""python -m schoollib_xl"""

from schoollib_xl.cli.program import run

if __name__ == "__main__":
    run()
