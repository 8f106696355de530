"""How people write in a cell that something is done or there, that it is not, or only in part."""

TICKS = ("√", "✓", "✔", "☑", "✅")
CROSSES = ("×", "✗", "✘", "✕", "X", "x")
# Parts of a pattern: a word of not having done, and words of having done a part.
NOT = "(?:未|[没沒]有?)"
PARTLY = "一半|部分|[还尚][差欠缺少]"
