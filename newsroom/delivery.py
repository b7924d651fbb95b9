"""How each outlet hands out its pages and its feed: charset, what the HTTP header says of it, the feed's form and place.

The outlets differ on purpose, since feeds and pages in life do. The page's structure lies in `templates/<outlet>.html`.
"""

from dataclasses import dataclass
from enum import Enum


class FeedForm(Enum):
    """The forms of feed that the newsroom publishes; the value names the form for people."""

    RSS2 = "RSS 2.0"
    RSS2_CONTENT = "RSS 2.0 with content:encoded"
    RSS2_GUID = "RSS 2.0 with a guid that is no address"
    RSS1 = "RSS 1.0 (RDF)"
    ATOM = "Atom 1.0"
    JSON = "JSON Feed 1.1"


@dataclass(frozen=True)
class Delivery:
    """One outlet's ways: `page_type` and `feed_type` are Content-Type headers, `feed` a path below the outlet's."""

    feed: str
    form: FeedForm
    feed_type: str
    page_type: str = "text/html; charset=utf-8"
    charset: str = "utf-8"


DELIVERIES = {
    "dnipro-wire": Delivery("feed.xml", FeedForm.RSS2_CONTENT, "application/rss+xml; charset=utf-8"),
    "slobidskyi-visnyk": Delivery("feed/", FeedForm.RSS2_GUID, "application/rss+xml; charset=UTF-8"),
    "moskva-dispatch": Delivery("rss.rdf", FeedForm.RSS1, "application/rdf+xml", page_type="text/html; charset=UTF-8"),
    # An old site: windows-1251, and only the page's meta (for the feed: the XML declaration) says so.
    "volzhskaya-lenta": Delivery("rss.xml", FeedForm.RSS2, "application/xml", page_type="text/html", charset="windows-1251"),
    "golden-horn-agency": Delivery("en/atom.xml", FeedForm.ATOM, "application/atom+xml; charset=utf-8"),
    "continental-monitor": Delivery("feed.json", FeedForm.JSON, "application/feed+json"),
    # The header is silent on the charset here too; the page's meta says UTF-8.
    "kordon-media": Delivery("atom.xml", FeedForm.ATOM, "application/atom+xml", page_type="text/html"),
    "severny-zhurnal": Delivery("feed.json", FeedForm.JSON, "application/json; charset=utf-8"),
}
