"""A template that is damaged, strict or encrypted gives a paper or a sentence with its name, never a mishap."""

import re
import zipfile
from datetime import date
from pathlib import Path
from random import Random

import docx
import paper_samples
import pytest
from filled import fill
from hostile import complaints, facts, filled, para, run, word
from test_templates import FOLDER

from documents.read_back import dump
from schoollib_xl.documents.filling.blanks import content
from schoollib_xl.documents.filling.charts import charts_of
from schoollib_xl.documents.filling.faults import TemplateFaults
from schoollib_xl.documents.filling.opening import package_bytes
from schoollib_xl.documents.regeneration.deliver import deliver
from schoollib_xl.packages import parts_of, zipped

_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT = b"http://purl.oclc.org/ooxml/"
_OURS = parts_of((FOLDER / "工作总结.docx").read_bytes())


def laid(folder: Path, data: bytes) -> Path:
    path = folder / "她的模板.docx"
    path.write_bytes(data)
    return path


def strict(data: bytes) -> bytes:
    """Return a part with the names of ISO/IEC 29500 strict."""
    for room in (b"officeDocument", b"wordprocessingml", b"drawingml"):
        data = data.replace(_TRANSITIONAL + room + b"/2006/", _STRICT + room + b"/")
    return data.replace(b"relationships/extended-properties", b"relationships/extendedProperties")


def test_a_strict_document_is_filled_like_any_other(tmp_path: Path) -> None:
    parts = {name: strict(data) if name.endswith((".xml", ".rels")) else data for name, data in _OURS.items()}
    said = content(paper_samples.summary())
    document = fill(laid(tmp_path, zipped(parts)), said)
    assert dump(document) == dump(fill(FOLDER / "工作总结.docx", said))
    assert len(list(charts_of(document))) == 3


def test_a_placeholder_in_an_equation_is_filled(tmp_path: Path) -> None:
    space = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    equation = f"<m:oMath {space}><m:r><m:t>{{{{学校}}}}</m:t></m:r></m:oMath>"
    assert filled(tmp_path, para(run("共"), equation)) == ["共青禾小学"]


def test_a_placeholder_in_old_word_art_is_told(tmp_path: Path) -> None:
    shape = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="{{学校}}"/></v:shape>'
    assert complaints(tmp_path, para(f"<w:r><w:pict>{shape}</w:pict></w:r>")) == [
        "正文：艺术字里的 {{学校}} 填不了，改用文本框写。"
    ]


def test_her_own_document_with_one_placeholder_works(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{基本情况.内容}}")
    document.save(str(tmp_path / "自己的.docx"))
    said = fill(tmp_path / "自己的.docx", content(paper_samples.summary()))
    assert [p.text for p in said.paragraphs] == ["本学期共开放92天，借出图书1796册次，人均借书3.7册。"]


def test_headings_get_typed_numbers_where_the_template_does_not_number_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{正文.内容}}")
    document.save(str(tmp_path / "自己的.docx"))
    said = [p.text for p in fill(tmp_path / "自己的.docx", content(paper_samples.plan())).paragraphs]
    assert said[0] == "一、指导思想"
    assert [text for text in said if text.startswith("（一）")]


def test_a_footer_that_is_gone_leaves_a_paper_without_it(tmp_path: Path) -> None:
    relations = re.sub(rb'<Relationship [^>]*Id="rIdOddFooter"[^>]*/>', b"", _OURS["word/_rels/document.xml.rels"])
    assert relations != _OURS["word/_rels/document.xml.rels"]
    parts = {**_OURS, "word/_rels/document.xml.rels": relations}
    document = fill(laid(tmp_path, zipped(parts)), content(paper_samples.summary()))
    assert b"rIdOddFooter" not in package_bytes(document)


def _encrypted(data: bytes, _rng: Random) -> bytes:
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01" + data[at + 9 :]


def _flipped(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 40)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _without_part(data: bytes, rng: Random) -> bytes:
    parts = parts_of(data)
    del parts[rng.choice(sorted(parts))]
    return zipped(parts)


def _garbled_part(data: bytes, rng: Random) -> bytes:
    parts = parts_of(data)
    parts[rng.choice(sorted(parts))] = rng.choice([b"", b"<a", b"\x00\x01", b"<x xmlns='y'/>"])
    return zipped(parts)


def _without_element(data: bytes, rng: Random) -> bytes:
    """Take out some element or attribute of a part, as a careless program might."""
    parts = parts_of(data)
    name = rng.choice([name for name in sorted(parts) if name.endswith((".xml", ".rels"))])
    found = rng.choice(list(re.finditer(rb'<[^/?!>]+/>|\s[\w:]+="[^"]*"', parts[name])) or [re.match(b"", b"")])
    parts[name] = parts[name][: found.start()] + parts[name][found.end() :]
    return zipped(parts)


DAY = date(2026, 11, 22)
DAMAGES = (_encrypted, _flipped, _cut, _without_part, _garbled_part, _without_element)


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_a_damaged_template_gives_a_paper_or_a_sentence_with_its_name(seed: int, tmp_path: Path) -> None:
    data = (FOLDER / "工作总结.docx").read_bytes()
    for number in range(5):
        rng = Random(5 * seed + number)
        template = laid(tmp_path, DAMAGES[(seed + number) % len(DAMAGES)](data, rng))
        sentence = ""
        try:
            made = deliver(
                template, content(paper_samples.summary()), tmp_path / str(number), "总结", date(2026, 11, 22)
            )
        except TemplateFaults as found:
            sentence = str(found)
        assert "她的模板.docx" in sentence or zipfile.is_zipfile(made.path)


def test_a_package_that_unpacks_to_more_than_any_paper_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "她的模板.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (201 << 20))
    with pytest.raises(TemplateFaults):
        fill(tmp_path / "她的模板.docx", facts())


def test_entities_are_refused(tmp_path: Path) -> None:
    template = word(tmp_path, para("{{学校}}"))
    parts = parts_of(template.read_bytes())
    parts["word/document.xml"] = b'<!DOCTYPE a [<!ENTITY b "c">]>' + parts["word/document.xml"]
    with pytest.raises(TemplateFaults):
        fill(laid(tmp_path, zipped(parts)), facts())
