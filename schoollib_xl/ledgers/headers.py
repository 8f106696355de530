"""What schools call the columns that several books have; a book adds what it is called there only."""

from schoollib_xl.ledgers.schema import words

ACCESSION_NO = words(
    "登录号 财产号 入藏号 登记号 登记号码 总登记号 图书登记号 图书编号 书籍编号 书编号 财产编号 财产登记号",
    "个别号 馆藏号 图书号 登录号码 书号编号 单册号 馆内编码 馆内编号",
)
# A copy may be named by its barcode in every book but 个别登记账, which has a column for it.
BARCODE = words("条码 条码号 条形码 条形码号 图书条码 图书条码号 馆藏条码 馆藏条码号 文献条码 单册条码 册条码号 册条码")
TITLE = words(
    "题名 正题名 文献名称 图书名称 书籍名称 图书名 书刊名 书刊名称 图书题名 书名称 标题 书目摘要",
    "题名/责任者 题名/著者 题名/作者 书名/责任者 书名/著者 书名/作者 正题名/责任者 正题名/第一责任者",
)
READER_NO = words(
    "借书证号 借阅证号 读者编号 学号 证号 卡号 读者证 借书证 借阅证 读者卡号 读者条码",
    "读者条码号 借书号 借书卡号 借书证编号 读者号 借阅卡号 借阅号 学籍号 工号",
    "会员号 会员卡号 用户号 用户编号 会员编号 图书证 图书证号 图书证编号 图书卡 图书卡号 借书卡",
    "借阅卡 读者卡 阅览证 阅览证号 阅读证 阅读卡 读书证 读书卡 图书馆证 图书馆卡",
)
