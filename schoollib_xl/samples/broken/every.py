"""All the broken examples, by the code of the check they break."""

from schoollib_xl.samples.broken import (
    accession,
    cash,
    circulation,
    classification,
    compensation,
    entry,
    explaining,
    fields_shared,
    inspection,
    numbering,
    periodicals,
    promises,
    readers,
    settings,
    stocktake,
    summary,
    withdrawal,
)
from schoollib_xl.samples.broken.example import Example

_MODULES = (
    accession,
    cash,
    circulation,
    classification,
    compensation,
    entry,
    inspection,
    explaining,
    fields_shared,
    numbering,
    periodicals,
    promises,
    readers,
    settings,
    stocktake,
    summary,
    withdrawal,
)
EXAMPLES: dict[str, Example] = {
    code: example for module in _MODULES for code, example in sorted(module.EXAMPLES.items())
}
