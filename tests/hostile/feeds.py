"""Misbehaviours of feeds: XML and JSON that is broken or poisoned, entries without what makes them one, answers that lie."""

import gzip
import json

from tests.hostile.misbehaviour import Request, base_of, entry, feed, raw, rss, send

NO_LINK = ("no http or https link",)
BROKEN = ("not well-formed",)


@feed("HTML page")
def html_instead(request: Request) -> None:
    """A page in place of a feed."""
    send(request, "<!DOCTYPE html><html><body><p>Just a moment...</p></body></html>", Content_Type="text/html")


@feed("empty body")
def nothing(request: Request) -> None:
    """A 200 without a body."""
    send(request, b"")


@feed("the feed is empty")
def white_space(request: Request) -> None:
    """A body of white space."""
    send(request, b" \n\t" * 100)


@feed("no feed")
def noise(request: Request) -> None:
    """Bytes of every kind."""
    send(request, bytes(range(256)) * 40)


@feed("seconds")
def drip(request: Request) -> None:
    """A byte every tenth of a second."""
    raw(request, b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", *[b"<"] * 40, gap=0.1)


@feed("longer than")
def bomb(request: Request) -> None:
    """Fifty megabytes of entries, packed."""
    send(request, gzip.compress(b"<rss><channel>" + b"<item/>" * 7_000_000, 1), Content_Encoding="gzip")


@feed("500")
def down(request: Request) -> None:
    """An error of the server."""
    send(request, b"down", 500)


@feed("410")
def gone(request: Request) -> None:
    """Gone for good."""
    send(request, b"", 410)


@feed("304", stored=0)
def not_modified_unasked(request: Request) -> None:
    """304, though nobody named a validator."""
    send(request, b"", 304)


@feed(*BROKEN, stored=2)
def truncated(request: Request) -> None:
    """Ends within the third entry."""
    whole = rss(*(entry(request, f"truncated-{n}") for n in range(3)))
    send(request, whole[: whole.rindex("</link>") - 3])


@feed(*BROKEN, stored=1)
def undeclared_entity(request: Request) -> None:
    """An entity that HTML knows and XML does not."""
    send(request, rss(entry(request, "undeclared-entity", "a&nbsp;b")))


@feed(*BROKEN, stored=1)
def ampersands(request: Request) -> None:
    """Bare ampersands."""
    send(request, rss(entry(request, "ampersands", "a & b &")))


def _doctype(request: Request, name: str, declarations: str, title: str = "a &x; b") -> None:
    send(request, rss(entry(request, name, title), head=f'<?xml version="1.0"?><!DOCTYPE rss [{declarations}]>'))


@feed("outside of itself", stored=1)
def external_entity(request: Request) -> None:
    """An entity that is a file of the reader's machine."""
    _doctype(request, "external-entity", '<!ENTITY x SYSTEM "file:///etc/passwd">')


@feed("outside of itself", stored=1)
def external_entity_by_http(request: Request) -> None:
    """An entity that lies on another port."""
    canary = request.server.canary  # type: ignore[attr-defined]
    _doctype(request, "external-entity-by-http", f'<!ENTITY x SYSTEM "http://127.0.0.1:{canary}/x">')


@feed(stored=1)
def dtd_by_http(request: Request) -> None:
    """A document type that lies on another port."""
    canary = request.server.canary  # type: ignore[attr-defined]
    head = f'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:{canary}/rss.dtd">'
    send(request, rss(entry(request, "dtd-by-http"), head=head))


@feed(*BROKEN, stored=1)
def billion_laughs(request: Request) -> None:
    """Ten levels of ten."""
    levels = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
    _doctype(request, "billion-laughs", f'<!ENTITY a "ha">{levels}', "a &k; b")


@feed(*BROKEN, stored=1)
def quadratic_blow_up(request: Request) -> None:
    """One long entity, ten thousand times."""
    _doctype(request, "quadratic-blow-up", f'<!ENTITY x "{"x" * 50_000}">', "&x;" * 10_000)


@feed(stored=1)
def xinclude(request: Request) -> None:
    """Asks to have a file included."""
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>'
    send(request, rss(entry(request, "xinclude", f"x {include}")))


@feed("entries", stored=150)
def a_hundred_thousand_entries(request: Request) -> None:
    """100,000 entries, of which as many are taken as the configuration lets in (150)."""
    send(request, gzip.compress(rss(*(entry(request, f"many-{n}") for n in range(100_000))).encode(), 1), Content_Encoding="gzip")


@feed("took more than", "no entry could be read", "worker process ended")
def deeply_nested(request: Request) -> None:
    """A title two million elements deep."""
    send(request, gzip.compress(b"<rss version='2.0'><channel><item><title>" + b"<a>" * 2_000_000), Content_Encoding="gzip")


@feed("took more than", "worker process ended", *BROKEN)
def attributes_without_number(request: Request) -> None:
    """A title with 600,000 attributes."""
    named = b" ".join(b'a%d="x"' % n for n in range(600_000))
    body = b"<rss version='2.0'><channel><item><title " + named + b">x</title></item></channel></rss>"
    send(request, gzip.compress(body, 1), Content_Encoding="gzip")


@feed(*NO_LINK, stored=1)
def entries_without_link(request: Request) -> None:
    """A title alone."""
    send(request, rss("<item><title>no link</title></item>"))


@feed(*NO_LINK, stored=1)
def entries_without_anything(request: Request) -> None:
    """An empty entry."""
    send(request, rss("<item/>"))


@feed(stored=2)
def entries_without_guid_and_date(request: Request) -> None:
    """Nothing but links."""
    send(request, rss(*(f"<item><link>{base_of(request)}/good/bare-{n}</link></item>" for n in range(2))))


@feed(stored=3)
def equal_guids(request: Request) -> None:
    """Three entries, one guid."""
    send(request, rss(*(entry(request, f"equal-{n}", more="<guid isPermaLink='false'>same</guid>") for n in range(3))))


@feed(stored=6)
def dates_of_every_kind(request: Request) -> None:
    """The future, the year 0, a thirteenth month, words, nothing, numbers without end."""
    dates = ("Fri, 01 Jan 2117 00:00:00 GMT", "0000-01-01", "2025-13-45T99:99:99Z", "учора", "", "9" * 500)
    send(request, rss(*(entry(request, f"dated-{n}", more=f"<pubDate>{date}</pubDate>") for n, date in enumerate(dates))))


def _link(name: str, link: str, *told: str) -> None:
    def answer(request: Request) -> None:
        canary = request.server.canary  # type: ignore[attr-defined]
        send(request, rss(f"<item><title>link {name}</title><link>{link.format(canary=canary)}</link></item>"))

    answer.__name__ = f"link_{name}"
    answer.__doc__ = f"An entry that leads to {link[:60]}"
    feed(*told, stored=1)(answer)


_link("javascript", "javascript:alert(1)", *NO_LINK)
_link("mailto", "mailto:a@b.example", *NO_LINK)
_link("file", "file:///etc/passwd", *NO_LINK)
_link("very_long", "http://127.0.0.1:1/" + "x" * 100_000, *NO_LINK)
_link("to_a_private_address", "http://192.168.0.1/", "not public")
_link("to_another_port", "http://127.0.0.1:{canary}/", "not public")
_link("in_octal", "http://0177.0.0.01:{canary}/", "not a web address")
_link("to_this_network", "http://0/", "not public")
_link("with_a_user", "http://me:secret@127.0.0.1:{canary}/user", "not public")


@feed(stored=1)
def link_relative(request: Request) -> None:
    """A link that is relative to the feed, with white space inside."""
    send(request, rss("<item><title>relative</title><link> /good/rela\ntive </link></item>"))


@feed(stored=1)
def titles_of_poison(request: Request) -> None:
    """A formula, an escape, an override of direction, markup, in CDATA."""
    title = '<![CDATA[=HYPERLINK("http://evil.example") \u202e\u2066 <script>alert(1)</script> | [x](javascript:1) \u0085]]>'
    send(request, rss(entry(request, "poison", title)))


@feed("guessed", stored=1)
def windows_1251_undeclared(request: Request) -> None:
    """Cyrillic in an encoding that nobody declared."""
    body = rss(entry(request, "undeclared", "Обмін полоненими: повернулися захисники, їх зустріли рідні"))
    send(request, body.encode("cp1251"), Content_Type="application/rss+xml")


@feed("guessed", stored=1)
def one_byte_that_is_broken(request: Request) -> None:
    """UTF-8 but for one byte."""
    body = rss(entry(request, "one-byte", "Обмін полоненими: повернулися захисники, їх зустріли рідні @"))
    send(request, body.encode().replace(b"@", b"\xff"))


@feed(stored=1)
def utf_16_without_mark(request: Request) -> None:
    """UTF-16, to be known by the zeros alone."""
    send(request, rss(entry(request, "utf-16"), head="").encode("utf-16-be"))


def _json(request: Request, items: object, version: str = "https://jsonfeed.org/version/1.1") -> None:
    send(request, json.dumps({"version": version, "title": "x", "items": items}), Content_Type="application/feed+json")


@feed("JSON")
def json_deeply_nested(request: Request) -> None:
    """A list of lists of lists."""
    send(request, '{"items":' + "[" * 500_000)


@feed("no objects", stored=1)
def json_wrong_types(request: Request) -> None:
    """Numbers, nulls and lists where texts should be."""
    good = {"id": [1], "url": f"{base_of(request)}/good/json", "title": {"a": 1}, "date_published": 5, "tags": None}
    _json(request, [1, None, "x", [], good])


@feed("no list")
def json_of_another_kind(request: Request) -> None:
    """JSON, and no feed."""
    send(request, '{"error": "no"}')


@feed(stored=1)
def json_not_a_number(request: Request) -> None:
    """NaN, infinities, a number of 5,000 digits, lone surrogates."""
    good = {"id": "\ud800", "url": f"{base_of(request)}/good/nan", "title": "a\udfff", "n": [float("nan"), float("inf")]}
    _json(request, [good])


@feed(stored=1)
def etag_that_lies(request: Request) -> None:
    """The listing changed, and the ETag did not: what was not told cannot be known, but nothing may break."""
    if request.headers.get("If-None-Match"):
        send(request, b"", 304, ETag='"same"')
    else:
        send(request, rss(entry(request, "etag")), ETag='"same"')
