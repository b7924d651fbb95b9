"""The gate: whether a text has any word without which nothing can be stated. In doubt it lets a text through."""

import re

_STEMS = re.compile(
    "prisoner|captiv|pow|swap|exchang|repatriat|bod(?:y|ies)|remains|fallen|dead|child|minor|orphan|ceasefire|cease-fire|truce|armistice|"
    "freed|free |releas|civilian|returned|handed over|home|"
    "talks|negotiat|summit|meeting|round|lull|moratori|fire|silence|"
    "звільн|освобод|освобожд|поверн|верну|вдома|домой|додому|цивільн|гражданск|передал|"
    "полон|обм[іе]н|репатріац|репатриац|т[іе]л|останк|полегл|загибл|погибш|павш|д[іе]т|дитин|реб[её]н|неповнолітн|несовершеннолетн|перемир|"
    "вогн|огн|огон|перемовин|переговор|саміт|саммит|зустріч|встреч|раунд|тиш|плен",
    re.IGNORECASE,
)
_MIXED = re.compile("[\u0400-\u04ff][a-zA-Z]|[a-zA-Z][\u0400-\u04ff]|[\u00ad\u200b\u0301]")


def relevant(text: str) -> bool:
    """Whether any stem of the three languages stands in a text; one with letters of two alphabets in one word is let through."""
    return _STEMS.search(text) is not None or _MIXED.search(text) is not None
