"""Identity: what makes two entries one item, two pages one article, two texts or bodies the same. Pure.

- Two entries are one **item** when their links are the same address after `normalise_url`, whichever feed lists them and whatever
  their guids say: guids are reused, rotated and rewritten, links are what readers are sent to. http and https count as one.
  An entry without a link is known by its source and guid; without either, by its source and title.
- Two pages are one **article** when their canonical addresses are the same after `normalise_url`.
- Two texts are the same when their characters are: `text_hash`. Two bodies, when their bytes are: `body_hash`.

Addresses differ by path case, by a trailing slash, by the order of parameters and by any parameter that is not known to track:
better two items with one text, which are then one witness, than one item that hides another.
"""

import hashlib
import re
from contextlib import suppress
from urllib.parse import SplitResult, quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

# Adapted by hand from the lists of browsers' tracking protection; only names that never choose content.
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_campaign", "pk_kwd", "pk_source", "pk_medium", "piwik_", "hsa_", "itm_", "matomo_")
_TRACKING = frozenset((
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "ymclid", "twclid", "ttclid",
    "igshid", "igsh", "li_fat_id", "mc_cid", "mc_eid", "_ga", "_gl", "_openstat", "vero_id", "vero_conv", "oly_enc_id",
    "oly_anon_id", "wickedid", "mkt_tok", "_hsenc", "_hsmi", "__hstc", "__hsfp", "__hssc", "hsctatracking", "ref_src",
    "ref_url", "__twitter_impression", "xtor", "at_medium", "at_campaign", "at_custom1", "at_custom2", "at_custom3",
    "at_custom4", "at_link_id", "at_link_type", "at_link_origin", "at_ptr_name", "at_bbc_team", "at_format",
    "at_campaign_type", "spm", "yadclid", "yadordid", "rb_clickid", "s_cid", "cx_testid", "cx_testvariant",
))  # fmt: skip
_BLANKS = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_INNER = re.compile(r"[\t\r\n]+")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_NO_HOST = re.compile(r"""[\s%<>"'\\^`{|}]""")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PORTS = {"http": 80, "https": 443}
LONGEST = 4_000
"""Characters of the longest address that is taken for one."""


def web_address(text: str, base: str = "") -> str | None:
    """Make an address absolute against ``base``; None for what is not http or https, has no host, or is too long to be meant."""
    stripped = _BLANKS.sub(" ", _INNER.sub("", text)).strip()
    if not stripped or len(stripped) > LONGEST:
        return None
    try:
        joined = urljoin(base, stripped)
        parts = urlsplit(joined)
        host = parts.hostname or ""
        named = bool(host.strip(".")) and not _NO_HOST.search(host)
        fit = parts.scheme.lower() in _PORTS and named and (parts.port is None or 0 < parts.port < 65_536)
    except ValueError:
        return None
    return joined.replace(" ", "%20") if fit else None


def normalise_url(url: str) -> str:
    """The one spelling of an address, for comparison; it still leads to the same page. Idempotent, and never raises.

    Scheme and host in lower case (names in ASCII), no default port, no user, no fragment, no tracking parameters, escapes in
    upper case and only where they are needed. The path's case, a trailing slash, and the order of the parameters stay. What is
    not a web address comes back stripped of blanks, otherwise as it is.
    """
    address = web_address(url)
    if address is None:
        return _BLANKS.sub(" ", url).strip()
    parts = urlsplit(address)
    path = _escaped(parts.path, "/:@!$&'()*+,;=") or "/"
    query = "&".join(_escaped(pair, "/?:@!$'()*+,;=&") for pair in parts.query.split("&") if pair and not _tracks(pair))
    return urlunsplit((parts.scheme.lower(), _host(parts), path, query, ""))


def _host(parts: SplitResult) -> str:
    name = (parts.hostname or "").rstrip(".")
    with suppress(UnicodeError):
        name = name if name.isascii() else name.encode("idna").decode("ascii").lower()
    if _NO_HOST.search(name) or not name.isascii():
        name = quote(name).lower()
    host = f"[{name}]" if ":" in name else name
    default = _PORTS[parts.scheme.lower()]
    return host if parts.port in {None, default} else f"{host}:{parts.port}"


def _escaped(text: str, kept: str) -> str:
    """Escape what has to be, and nothing else; ``kept`` are the characters that stand for themselves here."""
    plain = _ESCAPE.sub(lambda match: _unescaped(match.group()), text)
    return quote(plain, safe=kept + "%~", errors="replace")


def _unescaped(escape: str) -> str:
    character = unquote_to_bytes(escape).decode("latin-1")
    return character if character in _UNRESERVED else escape.upper()


def _tracks(pair: str) -> bool:
    name = unquote_to_bytes(pair.partition("=")[0]).decode("utf-8", errors="replace").lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def item_id(source_id: str, url: str | None, guid: str | None, title: str = "") -> str:
    """``i-`` and 20 hex digits: of the link, else of source and guid, else of source and title."""
    if url:
        return "i-" + _short("url", _schemeless(url))
    if guid:
        return "i-" + _short("guid", source_id, guid)
    return "i-" + _short("title", source_id, title)


def article_id(url: str) -> str:
    """``a-`` and 20 hex digits of the article's canonical address."""
    return "a-" + _short("url", _schemeless(url))


def text_hash(text: str) -> str:
    """The sha256 of a text, in 64 hex digits."""
    return body_hash(text.encode("utf-8", errors="surrogatepass"))


def body_hash(body: bytes) -> str:
    """The sha256 of bytes, in 64 hex digits."""
    return hashlib.sha256(body).hexdigest()


def _schemeless(url: str) -> str:
    return normalise_url(url).partition("://")[2] or url


def _short(*parts: str) -> str:
    return text_hash("\x1f".join(parts))[:20]
