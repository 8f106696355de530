"""All the broken examples, by the code of the check they break."""

from schoollib_xl.samples.broken import entry, fields_shared, lending, office, stock
from schoollib_xl.samples.broken.example import Example

EXAMPLES: dict[str, Example] = {
    code: example
    for module in (entry, fields_shared, lending, office, stock)
    for code, example in sorted(module.EXAMPLES.items())
}
