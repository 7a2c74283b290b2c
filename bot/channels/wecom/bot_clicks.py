"""What the AI bot answers to a click, by callback: the card changes at once, the answer is posted after it."""

from bot.channels.trees import Tree
from bot.channels.wecom.bot_answers import KEEPING, Answers
from bot.channels.wecom.bot_cards import (
    GO_ON,
    chosen_card,
    foreign_card,
    is_closed,
    is_theirs,
    nothing_card,
    outdated_card,
    read_choice,
)
from bot.channels.wecom.bot_desk import Desk
from bot.channels.wecom.bot_payloads import Clicked
from bot.channels.wecom.bot_posting import pack_of
from bot.channels.wecom.bot_records import Case, case_of_click
from bot.channels.wecom.bot_replies import answer_of, post_body, update_body
from bot.channels.wecom.bot_streams import tried
from bot.channels.wecom.bot_work import Turn


class Clicks:
    """Answers clicks; the platform tells of each once only and waits 5 seconds."""

    def __init__(self, desk: Desk, answers: Answers) -> None:
        self._desk = desk
        self._answers = answers

    async def to_click(self, click: Clicked) -> Tree | None:
        """What the card becomes; nothing where the click could not be taken, so that it can be clicked again."""
        if is_closed(click):
            return None
        if not is_theirs(click):
            return update_body(foreign_card(click.task), click.place)
        choice = read_choice(click)
        if choice is None:
            return update_body(nothing_card(click.task), click.place)
        case = case_of_click(click, choice, self._desk.clock())
        turn = await self._desk.work.take(case.message, pack_of(case), self._desk.pace.first_answer)
        if turn is None:
            await self._answers.keep(case)
        elif not turn.is_done:
            self._desk.work.start(self._tell(case, turn))
            return None
        else:
            await self._keep_rest(case, turn)
        if turn is not None and turn.reply.is_outdated:
            return update_body(outdated_card(click.task), click.place)
        hint = "" if case.response_url else GO_ON
        return update_body(chosen_card(choice, click.task, hint), click.place)

    async def _keep_rest(self, case: Case, turn: Turn) -> None:
        if case.response_url:
            await self._answers.keep_pages(case, answer_of(turn.reply, case.place))
        else:
            await tried(self._desk.streams.keep_pages(case, -1), KEEPING)

    async def _tell(self, case: Case, turn: Turn) -> None:
        """Say why there is no answer; the outbox is no help, for it is the store that failed."""
        await self._desk.poster.post(case.response_url, post_body(answer_of(turn.reply, case.place)))
