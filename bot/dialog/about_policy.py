"""Whether a text asks about a policy, though it looks like a command, an answer or a place."""

from bot.dialog.asked import (
    PLACES,
    asks_for_contact,
    asks_of_claims,
    asks_of_policy,
    asks_on,
    asks_politely,
    asks_unmarked,
    is_bare_name,
    is_name_of_policy,
)
from bot.dialog.flows import Guide
from bot.understanding.meaning import Intent, Understanding


def is_about_policy(meaning: Understanding, subject: str, guide: Guide) -> bool:
    """Whether the text is to be read as a question, by its words for what it asks and what it names.

    `subject` is what was asked about just before.
    """
    text, intent = meaning.text, meaning.command.intent
    if intent is Intent.RESULTS:
        return asks_of_policy(text, guide) or asks_on(text, subject, guide)
    if intent is Intent.PROOF:
        return meaning.command.number is None and asks_of_policy(text, guide)
    if intent is Intent.HUMAN:
        return asks_for_contact(text, guide)
    if intent is Intent.HELP:
        return asks_of_claims(text, guide) or asks_of_policy(text, guide)
    if intent is not Intent.NONE:
        return False
    tells = {fact.attribute for fact in meaning.facts}
    if asks_unmarked(text, guide):
        return True
    is_named = bool(tells) and (is_name_of_policy(text, guide) or is_bare_name(text, guide))
    return tells <= PLACES and (is_named or asks_politely(text, guide))
