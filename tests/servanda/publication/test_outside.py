import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from servanda.publication.errors import PublicationError
from servanda.publication.outside import cell, file_name, shown, web_address


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\u202egpj.exe", "agpj.exe"),
        ("\u2066one\u2069 \u200etwo", "one two"),
        ("nul\x00 bell\x07 escape\x1b[31m", "nul bell escape[31m"),
        ("two\nlines\tand \u2028 a gap", "two lines and a gap"),
        ("“їжак” — ё", "“їжак” — ё"),
        ("6\u00a0000 тіл, 1\u202f000", "6\u00a0000 тіл, 1\u202f000"),
    ],
)
def test_shown(text: str, said: str) -> None:
    assert shown(text) == said


@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_is_shown_is_valid_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = shown(text)
    assert etree.fromstring(etree.tostring(element)).text == (shown(text) or None)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//host.example/",
        "/path",
        "",
        "https://",
        "ftp://h.example/",
        "java\nscript:alert(1)",
        " https://h.example/",
        "https://h.example/a b",
        "https://h.example/\u202e",
        "https://h.example/\u00a0b",
        "https://icrc.org@h.example/",
        "https://h.example\\@icrc.org/",
        "http://[::1",
        None,
    ],
)
def test_no_other_address_becomes_a_link(url: str | None) -> None:
    assert web_address(url) is None


def test_a_plain_address_stays_as_it_is() -> None:
    assert web_address("https://h.example/стаття?a=1&b=2#c") == "https://h.example/стаття?a=1&b=2#c"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_a_formula_becomes_text(start: str) -> None:
    assert cell(start + "1") == "'" + start + "1"
    assert cell("1" + start) == "1" + start


def test_a_cell_holds_no_control_characters() -> None:
    assert cell("\u202e=1+1\x00") == "'=1+1"
    assert cell("one\ntwo \x1b[31mred") == "one\ntwo [31mred"


@pytest.mark.parametrize("identity", ["../x", "a/b", "", ".hidden", "a\x00", "a" * 201])
def test_an_id_cannot_lead_out_of_its_folder(identity: str) -> None:
    with pytest.raises(PublicationError, match="cannot name a file"):
        file_name(identity, ".html")
