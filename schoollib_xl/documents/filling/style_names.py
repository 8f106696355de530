"""The paragraph styles a paper asks for by name; every template has them under these names."""

BODY, HEADING, SUBHEADING, PLAIN_HEADING = "公文正文", "heading 1", "heading 2", "小标题"
MONTH, ITEM, SUBITEM, NOTE = "月份", "条目", "小条", "附注"
# What stands after the last section and belongs to none.
CLOSING, END_NOTE, SIGNED_BY, SIGNED_ON = "结束语", "文末注", "落款", "落款日期"
# Word's own, above a table or below a picture.
CAPTION = "caption"
