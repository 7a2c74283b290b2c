"""What one turn costs, by stage, in microseconds; how fast the terminal starts; how much memory the server takes.

Run: python benchmarks/turn.py [rounds]. Aims at this size of content: median turn under 3 ms in process, first prompt
of `policybot chat` under 1.5 s, server memory under 150 MB. The peer is a bare durable commit to the same kind of file.
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
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from bot.app import build_turns, quiet
from bot.content.bundle import Bundle
from bot.content.loading import load_content, shipped_content
from bot.dialog.asking import question_of
from bot.dialog.machine import advance
from bot.dialog.state import State
from bot.messages import InboundMessage, OutboundMessage, Reply
from bot.policy.plan import build_plan
from bot.rendering.renderer import Renderer
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
T = TypeVar("T")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    bundle = load_content(shipped_content())
    clauses = len(bundle.guide.knowledge.clauses)
    print(f"content {bundle.version}: {clauses} clauses; {rounds} rounds of {len(TURNS)} turns")
    _print_stages(bundle, rounds)
    whole = asyncio.run(_whole_turns(bundle, rounds))
    commit = _bare_commits(rounds * len(TURNS))
    _row("whole turn, SQLite", whole)
    _row("peer: bare durable commit", commit)
    ratio = statistics.median(whole) / statistics.median(commit)
    print(f"whole turn / bare commit: {ratio:.2f}")
    print(f"first prompt of `policybot chat`: {statistics.median(_first_prompt() for _ in range(5)):.2f} s")
    print(f"server memory after 300 turns: {_server_memory():.0f} MB")


def _print_stages(bundle: Bundle, rounds: int) -> None:
    spent: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        state = State()
        for text in TURNS:
            state = _staged_turn(bundle, state, text, spent)
    print(f"{'stage':<32}{'median µs':>10}{'p99 µs':>10}")
    for stage, times in spent.items():
        _row(stage, times)


def _staged_turn(bundle: Bundle, state: State, text: str, spent: dict[str, list[float]]) -> State:
    guide = bundle.guide

    def timed(stage: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        done = work()
        spent[stage].append(time.perf_counter() - start)
        return done

    raw = encode_state(state)
    state = timed("load: decode state", lambda: decode_state(KEY, raw, guide.knowledge.attributes))
    timed("understand", lambda: read(text, question_of(state.pending, guide), guide.lexicon, NOW.date()))
    verdicts = timed("match", lambda: guide.matcher.match(state.profile, NOW.date()))
    timed("plan", lambda: build_plan(verdicts, guide.knowledge.combining, state.profile))
    transition = timed("dialog (all of the above)", lambda: advance(state, text, NOW, guide))
    renderer = Renderer(bundle.templates["text"], bundle.notices, guide.knowledge.hotline)
    messages = timed("render", lambda: renderer.render(transition.acts, transition.state.profile))
    timed("encode state and reply", lambda: (encode_state(transition.state), encode_reply(_reply(messages))))
    return transition.state


def _reply(messages: tuple[OutboundMessage, ...]) -> Reply:
    return Reply(messages)


async def _whole_turns(bundle: Bundle, rounds: int) -> list[float]:
    spent = []
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "sessions.sqlite3", keep_days=30)
        await store.open()
        turns = build_turns(bundle, store, quiet)
        for number in range(rounds):
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


def _row(stage: str, times: list[float]) -> None:
    ordered = sorted(times)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(f"{stage:<32}{statistics.median(ordered) * 1e6:>10.0f}{p99 * 1e6:>10.0f}")


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
        settings = {"POLICYBOT_PORT": "0", "POLICYBOT_STORE": f"sqlite:///{folder}/s.sqlite3"}
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
