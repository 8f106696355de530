"""`python -m schoollib_xl.contracts`: write the published schemas anew."""

from schoollib_xl.contracts.published import SCHEMAS_FILE, schemas_text

SCHEMAS_FILE.write_text(schemas_text(), encoding="utf-8")
