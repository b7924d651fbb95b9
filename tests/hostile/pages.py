"""Misbehaviours of pages' content: encodings, markup that wears parsers out, poisoned titles, pages that are none."""

import gzip

from tests.hostile.misbehaviour import TEXT, Request, article, page, send

CYRILLIC = (
    "Обласна рада зібралася в середу, щоб обговорити ремонт старого мосту через річку, повідомили місцеві журналісти. "
    "Роботи триватимуть до кінця наступного року, а їхати доведеться в об'їзд північною дорогою, її вже відкрили."
)
NONE = ("no text", "characters only", "no web page", "could not be read", "took more than", "worker process ended", "limits")


def _encoded(name: str, encoding: str, content_type: str = "text/html", head: str = "") -> None:
    def answer(request: Request) -> None:
        title = f"Міст: {name.replace('_', ' ')}"
        send(request, article(CYRILLIC, title, head).encode(encoding), Content_Type=content_type)

    answer.__name__ = f"encoding_{name}"
    answer.__doc__ = f"A page in {encoding}, sent as {content_type} {head}"
    page(stored=1)(answer)


_encoded("windows_1251_by_header", "cp1251", "text/html; charset=windows-1251")
_encoded("windows_1251_by_meta", "cp1251", head="<meta charset='windows-1251'>")
_encoded("windows_1251_undeclared", "cp1251")
_encoded("koi8_u_by_meta", "koi8-u", head="<meta charset='koi8-u'>")
_encoded("koi8_u_undeclared", "koi8-u")
_encoded("utf_16_with_mark", "utf-16")
_encoded("utf_16_without_mark", "utf-16-le")
_encoded("utf_8_called_windows_1251", "utf-8", "text/html; charset=windows-1251")
_encoded("windows_1251_called_utf_8", "cp1251", "text/html; charset=utf-8")
_encoded("unknown_to_all", "utf-8", "text/html; charset=x-nonsense")


@page(stored=1)
def encoding_utf_7(request: Request) -> None:
    """Says that it is UTF-7, in which markup can hide; it must not be believed."""
    body = article(title="Seven +ADw-script+AD4-alert(1)+ADw-/script+AD4-")
    send(request, body, Content_Type="text/html; charset=utf-7")


@page(stored=1)
def encodings_mixed(request: Request) -> None:
    """UTF-8 with a paragraph in windows-1251."""
    whole = article(CYRILLIC * 8, "Мішанина", body="<p>@@</p>").encode()
    send(request, whole.replace(b"@@", "мішанина слів".encode("cp1251")), Content_Type="text/html; charset=utf-8")


@page(stored=1)
def multibyte_truncated(request: Request) -> None:
    """The last character is halved."""
    send(request, article(CYRILLIC, "Половина").encode().partition(b"</p>")[0][:-2], Content_Type="text/html; charset=utf-8")


@page(stored=1)
def nul_and_replacement_characters(request: Request) -> None:
    """NUL and U+FFFD among the words."""
    send(request, article(TEXT.replace(" ", " \x00\ufffd"), "N\x00U\ufffdL"), Content_Type="text/html; charset=utf-8")


@page(stored=1)
def control_characters(request: Request) -> None:
    """ANSI escapes, overrides of direction and controls in title and text."""
    send(request, article(f"\x1b[31m{TEXT}\x9b\u202e\x07 \x85", "\x1b]0;owned\x07Controls \u202egnirts\u2066"))


@page(stored=1)
def entities_of_control_characters(request: Request) -> None:
    """The same as numeric entities."""
    send(request, article(f"&#27;[31m&#0;&#x202e;&#xfffd;&#8;{TEXT}", "&#27;[2JEntities&#x9b;&#7;"))


@page(stored=1)
def formula_in_the_title(request: Request) -> None:
    """A title that a spreadsheet would run."""
    send(request, article(title="=HYPERLINK(&quot;http://evil.example&quot;,&quot;x&quot;)"))


@page(stored=1)
def plus_in_the_title(request: Request) -> None:
    """Another one."""
    send(request, article(title="+1+cmd|' /C calc'!A0"))


@page(stored=1)
def at_in_the_title(request: Request) -> None:
    """Another one, by way of a tab."""
    send(request, article(title="\t@SUM(1+1)*x"))


@page(stored=1)
def script_in_the_title(request: Request) -> None:
    """Markup in title and names."""
    send(request, article(title="&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(1)&gt; t"))


@page(stored=1)
def markdown_in_the_title(request: Request) -> None:
    """Markdown, a link and a table's bar in the title."""
    send(request, article(title="[x](javascript:alert(1)) | **b** `c` ![i](http://evil.example/i)"))


@page(*NONE)
def deeply_nested(request: Request) -> None:
    """Two hundred thousand elements deep."""
    send(request, "<html><body>" + "<div>" * 200_000 + TEXT)


@page("longer than")
def one_huge_node(request: Request) -> None:
    """One text of 50 MB, packed."""
    send(request, gzip.compress(b"<html><body><p>" + b"x" * 50_000_000 + b"</p>", 1), Content_Encoding="gzip")


@page("was cut after")
def huge_words(request: Request) -> None:
    """One word of 1.5 MB, within the limits."""
    send(request, f"<html><body><p>{'x' * 1_500_000}</p></body></html>")


@page(*NONE)
def a_hundred_thousand_attributes(request: Request) -> None:
    """An element with 100,000 attributes."""
    send(request, "<html><body><p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p></body></html>")


@page(*NONE)
def script_alone(request: Request) -> None:
    """A page that is a program."""
    send(request, "<html><body><div id=root></div><script>document.write('x')</script></body></html>")


@page("another kind")
def pdf_as_html(request: Request) -> None:
    """A PDF that calls itself a page."""
    send(request, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"\x00\x01" * 500, Content_Type="text/html")


@page("another kind")
def png_as_html(request: Request) -> None:
    """A picture that calls itself a page."""
    send(request, b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 500, Content_Type="text/html")


@page(*NONE, "empty")
def blank_page(request: Request) -> None:
    """White space."""
    send(request, " \n" * 500)


@page(*NONE)
def meta_refresh(request: Request) -> None:
    """Leads on by markup, which is not followed."""
    canary = request.server.canary  # type: ignore[attr-defined]
    send(request, f"<html><head><meta http-equiv=refresh content='0;url=http://127.0.0.1:{canary}/'></head><body></body></html>")


def _canonical(name: str, target: str) -> None:
    def answer(request: Request) -> None:
        canary = request.server.canary  # type: ignore[attr-defined]
        address = target.format(canary=canary)
        send(request, article(title=f"Canonical {name}", head=f"<link rel=canonical href='{address}'>"))

    answer.__name__ = f"canonical_{name}"
    answer.__doc__ = f"Names {target} as its own address."
    page(stored=1)(answer)


_canonical("of_another_site", "http://other.example/story")
_canonical("of_a_private_address", "http://10.0.0.1/story")
_canonical("of_another_port", "http://127.0.0.1:{canary}/story")
_canonical("javascript", "javascript:alert(1)")
