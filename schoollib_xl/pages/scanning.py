"""What every page that takes scans has: the one box, and the answer to the last scan."""

from schoollib_xl.pages.document import Html, element


def scan_input(**more: str) -> Html:
    """The box a scanner types into; it has the focus, and neither memory nor spelling of its own."""
    return element(
        "input",
        id="code",
        name="code",
        autocomplete="off",
        autofocus="autofocus",
        inputmode="text",
        spellcheck="false",
        **more,
    )


def scan_answer() -> Html:
    """Where the answer to a scan is shown, and read out by a screen reader."""
    return element("div", element("p", id="said", role="status", aria_live="assertive"), id="answer", class_="idle")
