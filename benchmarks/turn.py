"""What one turn costs, by stage, in microseconds; how fast the terminal starts; how much memory the server takes.

Run: python benchmarks/turn.py [rounds]. Cold: the process has served others, and sees these texts and this enterprise
for the first time; warm: it has seen them before. Aims at this size of content: median turn under 1 ms warm and 3 ms
cold in process, first prompt of `policybot chat` under 1.5 s, server memory under 150 MB. The peer is a bare durable
commit to the same kind of file.
"""

import asyncio
import json
import os
import re
import select
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from bot.app import build_turns, quiet
from bot.content.bundle import Bundle
from bot.content.loading import load_content, shipped_content
from bot.dialog.asking import question_of
from bot.dialog.deciding import next_pending, passed_attributes, worths_of
from bot.dialog.machine import advance
from bot.dialog.results import build_result
from bot.dialog.state import State
from bot.messages import InboundMessage, Reply
from bot.rendering.renderer import Renderer
from bot.responder import rehearse
from bot.sessions.base import SessionKey
from bot.sessions.codec import decode_state, encode_reply, encode_state
from bot.sessions.sqlite import SqliteStore
from bot.understanding.reading import read

TURNS = (
    "",
    "我们在亦庄，做大模型的",
    "市级专精特新",
    "还没登记过",
    "1",
    "2",
    "不清楚",
    "1、2",
    "数据券是补给买方还是卖方的",
    "二十六万四",
    "一百八十七万",
    "合规平台买的",
    "是国家高新",
    "都没有",
    "看结果",
    "依据1",
    "更多",
)
NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
KEY = SessionKey("bench", "c")
COLD_ROUNDS = 5
"""Each takes new content, on which the rehearsal of the server has been held."""
T = TypeVar("T")
Spent = dict[str, list[float]]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    bundle = _rehearsed()
    clauses = len(bundle.guide.knowledge.clauses)
    print(f"content {bundle.version}: {clauses} clauses; {rounds} rounds of {len(TURNS)} turns, {COLD_ROUNDS} cold")
    cold, warm = _stages([_rehearsed() for _ in range(COLD_ROUNDS)]), _stages([bundle] * rounds)
    whole_cold = asyncio.run(_whole_turns([_rehearsed() for _ in range(COLD_ROUNDS)]))
    whole_warm = asyncio.run(_whole_turns([bundle] * rounds))
    print(f"{'':<32}{'cold':>20}{'warm':>20}")
    print(f"{'stage':<32}{'median µs':>10}{'p99 µs':>10}{'median µs':>10}{'p99 µs':>10}")
    for stage in cold:
        _row(stage, cold[stage], warm[stage])
    _row("whole turn, SQLite", whole_cold, whole_warm)
    commit = _bare_commits(rounds * len(TURNS))
    _row("peer: bare durable commit", commit)
    ratio = statistics.median(whole_warm) / statistics.median(commit)
    print(f"whole turn, warm / bare commit: {ratio:.2f}")
    print(f"content loaded in {statistics.median(_load_time() for _ in range(3)):.2f} s")
    print(f"first prompt of `policybot chat`: {statistics.median(_first_prompt() for _ in range(5)):.2f} s")
    print(f"server memory after 300 turns: {_server_memory():.0f} MB")


def _rehearsed() -> Bundle:
    bundle = load_content(shipped_content())
    rehearse(bundle, NOW)
    return bundle


def _load_time() -> float:
    start = time.perf_counter()
    load_content(shipped_content())
    return time.perf_counter() - start


def _stages(bundles: Sequence[Bundle]) -> Spent:
    """The times of each stage, a conversation on each bundle; what a stage leaves to the next is not done again."""
    spent: Spent = defaultdict(list)
    for bundle in bundles:
        state = State()
        for text in TURNS:
            state = _staged_turn(bundle, state, text, spent)
    return spent


def _staged_turn(bundle: Bundle, state: State, text: str, spent: Spent) -> State:
    guide, on = bundle.guide, NOW.date()

    def timed(stage: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        done = work()
        spent[stage].append(time.perf_counter() - start)
        return done

    raw = encode_state(state, guide.knowledge.attributes)
    state = timed("load: decode state", lambda: decode_state(KEY, raw, guide.knowledge.attributes))
    timed("understand", lambda: read(text, question_of(state.pending, guide), guide.lexicon, on))
    timed("match", lambda: guide.matcher.match(state.profile, on))
    timed("what is open, and its worth", lambda: (worths_of(state.profile, guide, on), next_pending(state, guide, on)))
    passed = passed_attributes(state, guide)
    timed("result: plan, near misses", lambda: build_result(state.profile, guide, on, passed))
    transition = timed("dialog, what is left of it", lambda: advance(state, text, NOW, guide))
    renderer = Renderer(bundle.templates["text"], bundle.notices, guide.knowledge.hotline)
    messages = timed("render", lambda: renderer.render(transition.acts, transition.state.profile))
    after, reply = transition.state, Reply(messages)
    timed("encode state and reply", lambda: (encode_state(after, guide.knowledge.attributes), encode_reply(reply)))
    return after


async def _whole_turns(bundles: Sequence[Bundle]) -> list[float]:
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "sessions.sqlite3", keep_days=30)
        await store.open()
        for number, bundle in enumerate(bundles):
            turns = build_turns(bundle, store, quiet)
            for text in TURNS:
                message = InboundMessage("bench", f"c{number}", uuid4().hex, text, NOW)
                start = time.perf_counter()
                await turns.handle(message)
                spent.append(time.perf_counter() - start)
        await store.close()
    return spent


def _bare_commits(count: int) -> list[float]:
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        base = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        for _ in range(count):
            start = time.perf_counter()
            base.execute("INSERT INTO t (body) VALUES (?)", (b"x" * 2000,))
            spent.append(time.perf_counter() - start)
        base.close()
    return spent


def _row(stage: str, *columns: Sequence[float]) -> None:
    figures = ""
    for times in columns:
        ordered = sorted(times)
        p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
        figures += f"{statistics.median(ordered) * 1e6:>10.0f}{p99 * 1e6:>10.0f}"
    print(f"{stage:<32}{figures}")


def _first_prompt() -> float:
    """Seconds from the start of the process to the end of the first question."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        seen = b""
        while "注册地".encode() not in seen and process.stdout is not None:
            select.select([process.stdout], [], [], 10)
            seen += os.read(process.stdout.fileno(), 65536)
        took = time.perf_counter() - start
        process.kill()
    return took


def _server_memory() -> float:
    """Resident megabytes of a server that has answered 300 turns of 20 people."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "POLICYBOT_PORT": "0",
            "POLICYBOT_PER_MINUTE": "0",
            "POLICYBOT_STORE": f"sqlite:///{folder}/s.sqlite3",
        }
        command = [sys.executable, "-m", "bot", "serve"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **settings}, text=True) as process:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+?:\d+", line)
            if found is None:
                process.kill()
                raise SystemExit(f"the server did not start: {line}")
            for number in range(300):
                _post(f"{found[0]}/api/chat", f"user-{number % 20:08}", TURNS[number // 20 % len(TURNS)])
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            process.terminate()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def _post(address: str, session: str, text: str) -> None:
    body = json.dumps({"session": session, "text": text}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        answer.read()


if __name__ == "__main__":
    main()
