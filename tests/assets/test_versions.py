"""A changed text is a new version; what is less than the stored text does not stand in its place."""

from tests.site import PARAGRAPH

LONG = f"{PARAGRAPH}</p><p>{PARAGRAPH.replace('1,212', '909').replace('Wednesday', 'Friday')}</p><p>" + " ".join(
    f"The {word} convoy was met at the border and escorted to the morgues of the region by the emergency service."
    for word in ("first", "second", "third", "fourth")
)


def relist(pipeline, title):
    pipeline.site.feed("/wire.xml", "/a", titles={"/a": title})


def versions(pipeline):
    return pipeline.frame("SELECT version, text FROM articles ORDER BY version").rows()


def test_a_page_that_a_paywall_cut_short_does_not_replace_its_text(pipeline):
    relist(pipeline, "one")
    pipeline.site.page("/a", LONG)
    pipeline.run()
    relist(pipeline, "two")
    pipeline.site.page("/a", PARAGRAPH[:150] + "…")
    told = pipeline.run()
    assert "a wall or a notice, not a correction; the stored version stays" in told["failed"][0]
    assert [version for version, _ in versions(pipeline)] == [1]
    assert pipeline.items() == [("/a", "stored", "")]


def test_an_empty_answer_replaces_nothing(pipeline):
    relist(pipeline, "one")
    pipeline.site.page("/a", LONG)
    pipeline.run()
    relist(pipeline, "two")
    pipeline.site.set("/a", "")
    pipeline.run()
    assert [version for version, _ in versions(pipeline)] == [1]
    assert pipeline.items() == [("/a", "stored", "")]


def test_a_claim_that_is_taken_back_is_a_new_version_though_it_is_shorter(pipeline):
    relist(pipeline, "one")
    pipeline.site.page("/a", LONG)
    pipeline.run()
    relist(pipeline, "two")
    pipeline.site.page(
        "/a", "Correction: the Headquarters took its figure back, and no count of the bodies is known. " + PARAGRAPH[95:] * 2
    )
    pipeline.run()
    assert [version for version, _ in versions(pipeline)] == [1, 2]
    assert "1,212" in versions(pipeline)[0][1]


def test_doubtful_characters_are_marked(pipeline):
    relist(pipeline, "one")
    pipeline.site.page("/a", PARAGRAPH)
    status, body, headers = pipeline.site.routes["/a"]
    pipeline.site.routes["/a"] = (
        status,
        body.replace(b"defenders", b"defend\xffrs"),
        {**headers, "Content-Type": "text/html; charset=utf-8"},
    )
    pipeline.run()
    assert pipeline.frame("SELECT doubtful, contains(text, chr(65533)) FROM articles").rows() == [(True, False)]
