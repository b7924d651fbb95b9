"""The gate: whether a text has any word without which nothing can be stated. In doubt it lets a text through.

All stems are looked for at once (Aho and Corasick, 1975), so that the work grows with the text and not with the vocabulary.
"""

from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

_ENGLISH = (
    "prisoner captiv pow swap exchang repatriat body bodies remains fallen dead child minor orphan youngster ceasefire "
    "cease-fire truce armistice freed free releas civilian return handed home talks negotiat summit meeting meet round lull "
    "moratori fire silence pause halt coffin reuni serviceman servicemen soldier back strikes strike"
)
_UKRAINIAN = (
    "звільн поверн верну вдома удома додому дому цивільн передал передан полон обмін обмінюва репатріац тіл останк полегл загибл "
    "діт дитин неповнолітн перемир вогн вогон тиш перемовин переговор саміт зустріч зустрі раунд бран захисник пауз удар "
    "стріля сторон військов волю неволі відпуст помилув"
)
_RUSSIAN = (
    "освобод освобожд верну возвра возврат домой дома гражданск передал передан плен обмен обмень репатриац тел останк погибш "
    "павш дет ребён ребен несовершеннолетн перемир огн огон переговор саммит встреч раунд тиш пауз удар стрел военнослуж вывез "
    "отпуст помилов сторон волю неволи меня"
)
_LOOKALIKES = "abceikmoptxyh"
_CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\u0301"


@cache
def _stems() -> AhoCorasick:
    """Every stem, and every sign that a word was written so as not to be found: two alphabets in it, or unseen letters."""
    mixed = [pair for latin in _LOOKALIKES for letter in _CYRILLIC for pair in (latin + letter, letter + latin)]
    words = dict.fromkeys([*_ENGLISH.split(), *_UKRAINIAN.split(), *_RUSSIAN.split(), *mixed, *_INVISIBLE])
    return AhoCorasick(list(words), implementation=Implementation.DFA)


def relevant(text: str) -> bool:
    """Whether any stem of the three languages stands in a text; one with letters of two alphabets in one word is let through."""
    return bool(_stems().find_matches_as_indexes(text.lower()))
