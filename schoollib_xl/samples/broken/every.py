"""All the broken examples, by the code of the check they break."""

from schoollib_xl.samples.broken import entry, lending, money, school, shelves, stock
from schoollib_xl.samples.broken.example import Example

EXAMPLES: dict[str, Example] = {
    code: example
    for module in (entry, stock, lending, shelves, money, school)
    for code, example in sorted(module.EXAMPLES.items())
}
