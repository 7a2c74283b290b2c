"""What the AI bot answers to a click, by callback: the card changes at once, the answer is posted after it."""

from bot.channels.trees import Tree
from bot.channels.wecom.bot_answers import KEEPING, Answers
from bot.channels.wecom.bot_cards import GO_ON, answered_card, judge_click
from bot.channels.wecom.bot_ground import CallbackGround
from bot.channels.wecom.bot_payloads import Clicked
from bot.channels.wecom.bot_posting import pack_of
from bot.channels.wecom.bot_records import Case, case_of_click
from bot.channels.wecom.bot_replies import answer_of, post_body, update_body
from bot.channels.wecom.bot_streams import tried
from bot.channels.wecom.card_parts import Card, Choice
from bot.channels.wecom.patience import Turn


class Clicks:
    """Answers clicks; the platform tells of each once only and waits 5 seconds."""

    def __init__(self, ground: CallbackGround, answers: Answers) -> None:
        self._ground = ground
        self._answers = answers

    async def to_click(self, click: Clicked) -> Tree | None:
        """What the card becomes; nothing where the click could not be taken, so that it can be clicked again."""
        judged = judge_click(click)
        card = await self._choose(click, judged) if isinstance(judged, Choice) else judged
        return None if card is None else update_body(card, click.place)

    async def _choose(self, click: Clicked, choice: Choice) -> Card | None:
        case = case_of_click(click, choice, self._ground.clock())
        turn = await self._ground.turns.take(case.message, pack_of(case), self._ground.pace.first_answer)
        if turn is None:
            await self._answers.keep(case)
        elif not turn.is_done:
            self._ground.turns.start(self._tell(case, turn))
            return None
        if not case.response_url:
            await tried(self._ground.streams.keep_unread(case), KEEPING)
        elif turn is not None:
            await tried(self._ground.streams.keep_rest(case, answer_of(turn.reply, case.place)), KEEPING)
        return answered_card(choice, click.task, turn.reply if turn else None, "" if case.response_url else GO_ON)

    async def _tell(self, case: Case, turn: Turn) -> None:
        """Say why there is no answer; the outbox is no help, for it is the store that failed."""
        await self._ground.poster.post(case.response_url, post_body(answer_of(turn.reply, case.place)))
