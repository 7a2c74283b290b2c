"""Texts that are nothing but the name of a document, or of something to claim and where: 亦庄数据券."""

import re

from bot.dialog.asked import steering_of
from bot.dialog.flows import Guide, once
from bot.search.characters import normalised
from bot.search.words import any_of_words

_TELLS = re.compile(r"我|咱|公司|企业|单位|注册|执照|住所|在")


def is_bare_name(text: str, guide: Guide) -> bool:
    """Whether the text is just the name of a document, or of something else that is no place (沙盒, not 沙河)."""
    plain = normalised(text).strip()
    is_document = plain in guide.document_names
    return is_document or (plain in guide.name_set and not guide.lexicon.place_index.find(plain))


@once
def is_name_of_policy(text: str, guide: Guide) -> bool:
    """Whether the text is just a place, here or elsewhere, and the name of something to claim (亦庄数据券)."""
    corrected, words = guide.corrected(text).strip(), guide.search_words
    places = any_of_words((*steering_of(words), *words.elsewhere))
    place = places.match(corrected)
    if place is None or _TELLS.search(corrected) or any_of_words(guide.names).search(corrected, place.end()) is None:
        return False
    rest = corrected[place.end() :].strip().removeprefix("的")
    return rest in guide.labels or any_of_words(words.policy_words).search(rest) is not None
