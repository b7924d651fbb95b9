"""The program of a worker process that reads feeds."""

import sys

from servanda.intake.feed_entries import ParsedFeed
from servanda.intake.feeds import FeedBody, parse_feed
from servanda.intake.worker_program import serve


def read(feed: FeedBody) -> ParsedFeed:
    """Read one feed."""
    return parse_feed(feed.body, content_type=feed.content_type, url=feed.url, entries_limit=feed.entries_limit)


if __name__ == "__main__":
    serve(int(sys.argv[1]), FeedBody, read, megabytes=int(sys.argv[2]))
