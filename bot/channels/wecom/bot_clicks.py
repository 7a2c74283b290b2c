"""What the AI bot answers to a click, by callback: the card changes at once, the answer is posted after it."""

from bot.channels.trees import Tree
from bot.channels.wecom.bot_answers import KEEPING, Answers
from bot.channels.wecom.bot_cards import GO_ON, Choice, answered_card, judge_click
from bot.channels.wecom.bot_desk import Desk
from bot.channels.wecom.bot_payloads import Clicked
from bot.channels.wecom.bot_posting import pack_of
from bot.channels.wecom.bot_records import Case, case_of_click
from bot.channels.wecom.bot_replies import answer_of, post_body, update_body
from bot.channels.wecom.bot_streams import tried
from bot.channels.wecom.bot_work import Turn
from bot.channels.wecom.card_parts import Card


class Clicks:
    """Answers clicks; the platform tells of each once only and waits 5 seconds."""

    def __init__(self, desk: Desk, answers: Answers) -> None:
        self._desk = desk
        self._answers = answers

    async def to_click(self, click: Clicked) -> Tree | None:
        """What the card becomes; nothing where the click could not be taken, so that it can be clicked again."""
        judged = judge_click(click)
        card = await self._choose(click, judged) if isinstance(judged, Choice) else judged
        return None if card is None else update_body(card, click.place)

    async def _choose(self, click: Clicked, choice: Choice) -> Card | None:
        case = case_of_click(click, choice, self._desk.clock())
        turn = await self._desk.work.take(case.message, pack_of(case), self._desk.pace.first_answer)
        if turn is None:
            await self._answers.keep(case)
        elif not turn.is_done:
            self._desk.work.start(self._tell(case, turn))
            return None
        else:
            await self._keep_rest(case, turn)
        return answered_card(choice, click.task, turn.reply if turn else None, "" if case.response_url else GO_ON)

    async def _keep_rest(self, case: Case, turn: Turn) -> None:
        if case.response_url:
            await self._answers.keep_pages(case, answer_of(turn.reply, case.place))
        else:
            await tried(self._desk.streams.keep_pages(case, -1), KEEPING)

    async def _tell(self, case: Case, turn: Turn) -> None:
        """Say why there is no answer; the outbox is no help, for it is the store that failed."""
        await self._desk.poster.post(case.response_url, post_body(answer_of(turn.reply, case.place)))
