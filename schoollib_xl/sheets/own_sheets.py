"""The sheets of a workbook of ours that are no ledgers."""

FRONT_PAGE, COLUMN_GUIDE, CHECK_GUIDE, LISTS = "首页", "栏目说明", "核对目录", "清单"
# In the workbook with macros: the desk, the list a check writes, and (hidden) what the macros say.
DESK, RESULTS, BUTTON_TEXTS = "借还台", "核对结果", "按钮文字"
# What `new` and the buttons put into a workbook for its reader, made anew with every workbook or check.
MADE = frozenset({FRONT_PAGE, COLUMN_GUIDE, CHECK_GUIDE, LISTS, DESK, RESULTS, BUTTON_TEXTS})
# Where columns she added to our sheets go when a new workbook is written.
OWN_COLUMNS = "自己加的栏目"
# Sheets in which nobody looks for a ledger.
HOLD_NO_BOOKS = MADE | {OWN_COLUMNS}
