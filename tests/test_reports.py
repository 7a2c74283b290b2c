"""Reports made of what a store keeps."""

from datetime import UTC, datetime

from bot.app import build_memory_store, build_turns, quiet
from bot.messages import InboundMessage
from bot.reports import StoredReports
from tests.content_fixture import shipped_bundle

NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
SAID = "公司注册在亦庄，小巨人，科技保险交了86.2万"


async def test_a_report_is_of_the_conversation_and_keeps_nothing() -> None:
    store, bundle = build_memory_store(), shipped_bundle()
    await store.open()
    turns, reports = build_turns(bundle, store, quiet), StoredReports(store, lambda: bundle)
    await turns.handle(InboundMessage("web", "mine", "m1", SAID, NOW))

    first = await reports.make("web", "mine", NOW)
    again = await reports.make("web", "mine", NOW)
    others = [await reports.make(*key, NOW) for key in (("web", "yours"), ("wecom", "mine"))]
    await store.close()

    assert first is not None
    assert "科技保险保费补贴" in first.text
    assert "86.2 万元" in first.text
    assert first == again
    assert others == [None, None]
