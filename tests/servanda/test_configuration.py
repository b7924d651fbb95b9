"""`sources.toml`: what is read, and one clear message for each thing that is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from servanda.configuration import ConfigurationError, load_configuration
from servanda.model.source import Configuration, Network, Source
from servanda.model.vocabulary import Alignment, Language

NETWORK = '[network]\ncontact = "mailto:ops@servanda.example"\n'
SOURCE = """
[[source]]
id = "kyiv-wire"
url = "https://kyiv.example/feed.xml"
outlet = "Kyiv Wire"
language = "uk"
alignment = "ukraine"
"""


def load(tmp_path: Path, text: str | bytes) -> Configuration:
    path = tmp_path / "sources.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_configuration(path)


def fault(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path, text)
    return str(caught.value)


def test_the_least(tmp_path):
    assert load(tmp_path, NETWORK + SOURCE) == Configuration(
        sources=(
            Source(
                id="kyiv-wire",
                url="https://kyiv.example/feed.xml",
                outlet="Kyiv Wire",
                language=Language.UKRAINIAN,
                alignment=Alignment.UKRAINE,
            ),
        ),
        network=Network(contact="mailto:ops@servanda.example"),
    )


def test_the_most(tmp_path):
    limits = (
        'allow = ["127.0.0.1:8900", "[::1]:80", "Intranet.local:8080"]\npause = 0\nconnections = 3\nread_seconds = 5\ntries = 2\n'
    )
    text = NETWORK + limits + SOURCE + 'enabled = false\nevery = "30m"\nnote = "Слово"\nsample = true\n'
    configuration = load(tmp_path, text)
    assert configuration.network.allow == ("127.0.0.1:8900", "[::1]:80", "intranet.local:8080")
    assert (configuration.network.pause, configuration.network.connections, configuration.network.tries) == (0.0, 3, 2)
    (source,) = configuration.sources
    assert (source.enabled, source.every, source.note, source.sample) == (False, timedelta(minutes=30), "Слово", True)


@pytest.mark.parametrize(
    ("every", "seconds"), [('"30m"', 1800), ('"1h"', 3600), ('"45s"', 45), ('"2d"', 172_800), ("90", 90), ("1.5", 1.5)]
)
def test_every(tmp_path, every, seconds):
    assert load(tmp_path, f"{NETWORK}{SOURCE}every = {every}\n").sources[0].every.total_seconds() == seconds


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"https://kyiv.example/feed.xml"', '"ftp://kyiv.example/"', 'url must be http or https, got "ftp://kyiv.example/"'),
        ('"https://kyiv.example/feed.xml"', '"https:///feed"', "url must name a host"),
        ('"https://kyiv.example/feed.xml"', '"https://a:b@kyiv.example/"', "url must not carry a name or password"),
        ('"https://kyiv.example/feed.xml"', '"https://[::1"', "url is not a web address"),
        ('"https://kyiv.example/feed.xml"', "5", "url must be a text in quotes, got 5"),
        ('language = "uk"', 'language = "ua"', 'language must be one of en, uk, ru, got "ua"'),
        ('alignment = "ukraine"', 'alignment = ""', "alignment must not be empty"),
        ('alignment = "ukraine"', 'alignmnt = "ukraine"', 'unknown key "alignmnt"; did you mean "alignment"?'),
        ('alignment = "ukraine"', "", '"alignment" is missing; add it'),
        ('alignment = "ukraine"', 'alignment = "ukraine"\nzzz = 1', 'unknown key "zzz"; the known ones are id, url'),
        ('alignment = "ukraine"', 'alignment = "ukraine"\nenabled = "yes"', 'enabled must be true or false, got "yes"'),
        (
            'alignment = "ukraine"',
            'alignment = "ukraine"\nevery = "often"',
            'every must be a number of seconds, or a text such as "30m"',
        ),
        ('alignment = "ukraine"', 'alignment = "ukraine"\nevery = -1', "every must be"),
        ('alignment = "ukraine"', 'alignment = "ukraine"\nevery = true', "every must be"),
    ],
)
def test_faults_of_a_source(tmp_path, old, new, message):
    told = fault(tmp_path, NETWORK + SOURCE.replace(old, new))
    assert told.startswith('sources.toml, source "kyiv-wire": ')
    assert message in told


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("pauze = 1", 'unknown key "pauze"; did you mean "pause"?'),
        ("pause = -1", "pause must lie between 0 and 3,600, got -1"),
        ("pause = nan", "pause must lie between"),
        ('pause = "1"', 'pause must be a number, got "1"'),
        ("connections = 0", "connections must lie between 1 and 64, got 0"),
        ("connections = 1.5", "connections must be a whole number, got 1.5"),
        ("tries = true", "tries must be a whole number, got true"),
        ('allow = "127.0.0.1:8900"', "allow must be a list"),
        ('allow = ["127.0.0.1"]', 'allow must name host and port, such as "127.0.0.1:8900", got "127.0.0.1"'),
        ('allow = ["a:99999"]', "allow must name host and port"),
        ('allow = ["http://a:80"]', "allow must name host and port"),
    ],
)
def test_faults_of_the_network(tmp_path, line, message):
    told = fault(tmp_path, f"{NETWORK}{line}\n{SOURCE}")
    assert told.startswith("sources.toml, [network]: ")
    assert message in told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (SOURCE, "sources.toml: there is no [network] table"),
        ("[network]\n" + SOURCE, 'sources.toml, [network]: "contact" is missing'),
        ('[network]\ncontact = "я"\n' + SOURCE, "contact must be an address in plain ASCII letters"),
        ('[network]\ncontact = "a\\r\\nX: 1"\n' + SOURCE, "contact must be an address"),
        (NETWORK, "sources.toml: there is no [[source]]"),
        (NETWORK + "[source]\nid = 1\n", "there is no [[source]]"),
        (f"source = [1]\n{NETWORK}", "sources.toml, source 1: must be a table"),
        (NETWORK + SOURCE + "[[sauce]]\n", 'sources.toml: unknown key "sauce"; did you mean "source"?'),
        (NETWORK + SOURCE + SOURCE, 'sources.toml, source "kyiv-wire": its id is taken by source 1'),
        (NETWORK + SOURCE.replace("kyiv-wire", "Kyiv Wire"), "id must be lower-case letters, digits and hyphens"),
        (NETWORK + SOURCE.replace('id = "kyiv-wire"', ""), 'sources.toml, source 1: "id" is missing'),
        ("[network\n", "sources.toml: not valid TOML: "),
        (b"\xff", "sources.toml: not in UTF-8 at byte 0"),
    ],
)
def test_faults_of_the_file(tmp_path, text, message):
    assert message in fault(tmp_path, text)


def test_broken_toml_names_the_line(tmp_path):
    assert "line 3" in fault(tmp_path, NETWORK + "x y\n")


def test_all_problems_at_once(tmp_path):
    told = fault(
        tmp_path, "[network]\npause = -1\n" + SOURCE.replace("https:", "ftp:").replace('"uk"', '"ua"') + "[[source]]\n"
    ).splitlines()
    assert len(told) == 2 + 2 + 5
    assert all(line.startswith("sources.toml") for line in told)


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(ConfigurationError, match="there is no such file; name another one with --sources"):
        load_configuration(tmp_path / "nowhere.toml")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_configuration(tmp_path)
