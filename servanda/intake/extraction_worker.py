"""The program of a worker process that reads pages."""

import sys

from servanda.intake.extraction import Extracted, Page, extract
from servanda.intake.worker_program import serve


def read(page: Page) -> Extracted:
    """Read one page."""
    return extract(page.body, content_type=page.content_type, url=page.url)


if __name__ == "__main__":
    serve(int(sys.argv[1]), Page, read, megabytes=int(sys.argv[2]))
