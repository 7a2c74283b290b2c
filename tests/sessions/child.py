"""Processes that take turns on a store of their own, so that a test can kill them or let them race."""

import asyncio
from multiprocessing.connection import Connection
from pathlib import Path

from bot.messages import Reply
from bot.sessions.sqlite import SqliteStore
from bot.turns import TurnHandler
from tests.fakes import Diary, message, no_attributes

Turn = tuple[str, str]
"""Message id and text of the reply, as a platform got it."""


def take_turns(path: Path, message_ids: list[str], platform: Connection) -> None:
    """Say that the process is ready, then answer these messages of one user and tell the platform each reply."""
    asyncio.run(_take_turns(path, message_ids, platform))


async def _take_turns(path: Path, message_ids: list[str], platform: Connection) -> None:
    store = SqliteStore(path, keep_days=30, patience=10)
    await store.open()
    platform.send("ready")
    platform.recv()
    handler = TurnHandler(store, Diary(), no_attributes, print)
    for message_id in message_ids:
        reply = await handler.handle(message(f"text of {message_id}", message_id))
        platform.send((message_id, text_of(reply)))
    await store.close()


def text_of(reply: Reply) -> str:
    """The reply as one text."""
    return "\n".join(one.text for one in reply.messages)
