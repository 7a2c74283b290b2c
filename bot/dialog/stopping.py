"""The user has had enough of questions: the best result so far, what would make it firmer, and no question after it."""

from dataclasses import replace

from bot.dialog.asking import options_of, worded
from bot.dialog.commands import show_result
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import State
from bot.understanding.meaning import Intent
from bot.understanding.polarity import stripped_forms
from bot.understanding.text import normalize


def stop_asking(state: State, moment: Moment) -> Move | None:
    """The result where the text says just that it is enough, and something is known; the question waits unasked."""
    words = moment.guide.lexicon.commands.get(Intent.STOP)
    if words is None or state.pending is None or not state.profile.values:
        return None
    if worded(moment.meaning.text, options_of(state.pending, moment.guide)) is not None:  # 够 10 万元了吗？够了
        return None
    plain = normalize(moment.meaning.text).strip("。.!！~ ")
    forms = {plain, *stripped_forms(plain, moment.guide.lexicon)}
    if forms.isdisjoint(words.whole):
        return None
    return replace(show_result(state, moment), then=Then.STOP)
