"""No identity number, telephone or address of a source stands in anything that is written or said."""

import re
from pathlib import Path
from random import Random
from zipfile import ZipFile

import openpyxl
import pytest

from schoollib_xl.cli.program import main

_AREAS = ("330102", "510104", "440305")
_PLACE = ("浙江省杭州市西湖区文三路{n}号", "四川省成都市锦江区红星路{n}号二单元")


class Secrets:
    """Invented identity numbers, telephones and addresses, each remembered."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.given: list[str] = []

    def identity(self) -> str:
        born = f"{self._random.randint(2010, 2018)}{self._random.randint(1, 12):02}{self._random.randint(1, 28):02}"
        serial = f"{self._random.randint(1, 999):03}"
        digits = f"{self._random.choice(_AREAS)}{born}{serial}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
        return self._keep(f"{digits}{check}")

    def telephone(self) -> str:
        return self._keep(f"1{self._random.choice('3578')}{self._random.randint(10**8, 10**9 - 1)}")

    def address(self) -> str:
        return self._keep(self._random.choice(_PLACE).format(n=self._random.randint(10, 999)))

    def _keep(self, secret: str) -> str:
        self.given.append(secret)
        return secret


def old_files(folder: Path, random: Random, secrets: Secrets) -> list[Path]:
    """A school's lists with such things under headers that say so, under others, in titles, remarks and numbers."""
    strange = random.random() < 0.5
    book = openpyxl.Workbook()
    book.remove(book.active)
    rows = book.create_sheet("名册")
    rows.append(["三（1）班学生名单", f"班主任电话：{secrets.telephone()}"])
    headers = ("甲", "乙栏", "丙栏") if strange else ("身份证号", "家长电话", "家庭住址")
    rows.append(["学籍号", "姓名", "班级", *headers])
    for name in ("甲一", "乙二", "丙三", "丁四"):
        number = secrets.identity()
        rows.append([f"G{number}", name, "三（1）班", number, secrets.telephone(), secrets.address()])
    rows.append([f"制表人：陈老师 {secrets.telephone()}"])
    loans = book.create_sheet("借阅")
    loans.append(["借书日期", "姓名", "班级", "书名", "备注", "联系"])
    loans.append(["2025-9-5", "甲一", "三（1）班", "小河", f"家长{secrets.telephone()}代还", secrets.telephone()])
    loans.append(["不详", "乙二", "三（1）班", "小河", f"身份证{secrets.identity()}", secrets.telephone()])
    books = book.create_sheet("书目")
    books.append(["登记号", "书名", "捐书人", "备注"])
    books.append(["000001", "小河", f"王某{secrets.identity()}", f"捐书人身份证{secrets.identity()}"])
    unknown = book.create_sheet("杂项")
    unknown.append(["天", "地", "人", "和"])
    unknown.append([secrets.identity(), secrets.telephone(), secrets.address(), "乙"])
    unknown.append([secrets.identity(), secrets.telephone(), secrets.address(), "丙"])
    book.save(folder / "旧账.xlsx")
    log = [f"2025-9-{6 + n},借书,{secrets.identity()},000001" for n in range(3)]
    (folder / "流水.csv").write_text("\n".join(["日期,操作,证号,登记号", *log]), "utf-8")
    return [folder / "旧账.xlsx", folder / "流水.csv"]


def everything_in(folder: Path) -> str:
    """All the text of all the files there, packages opened."""
    texts = []
    for path in folder.rglob("*"):
        if path.suffix in (".xlsx", ".docx"):
            with ZipFile(path) as package:
                texts += [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        elif path.is_file():
            texts.append(path.read_text("utf-8", "replace"))
    return "".join(texts)


@pytest.mark.parametrize("seed", range(2))
def test_nothing_personal_leaves_the_sources(tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int) -> None:
    random = Random(seed)
    secrets = Secrets(random)
    (tmp_path / "旧").mkdir()
    paths = [str(path) for path in old_files(tmp_path / "旧", random, secrets)]
    common = [*paths, "--into", str(tmp_path / "新" / "账.xlsx"), "--as-of", "2025-10-08"]
    main(["adopt", *common, "--dry-run"])
    main(["adopt", *common, "--format", ("text", "json")[seed % 2]])
    said = capsys.readouterr()
    written = everything_in(tmp_path / "新") + said.out + said.err
    assert "甲一" in written
    assert [secret for secret in secrets.given if secret in written] == []
    assert re.findall(r"(?<!\d)1[3578]\d{9}(?!\d)", written) == []
