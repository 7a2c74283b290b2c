"""The end of the server: under ten seconds, whatever hangs just then; what was taken on is not lost."""

import asyncio
import json
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.channels.web.server import DRAIN_SECONDS
from bot.sessions.base import Parcel, StoredParcel
from bot.sessions.sqlite import SqliteStore
from tests.test_server import get, server, talk

LIMIT = 10.0
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
BODY = {"touser": "zhangsan", "agentid": 1000002, "msgtype": "text", "text": {"content": "您好"}}
PARCELS = tuple(
    Parcel(f"m{n}:0", "wecom", f"member-{n}", json.dumps({**BODY, "touser": f"member-{n}"}).encode()) for n in range(3)
)


@contextmanager
def silent_platform() -> Iterator[str]:
    """The address of a platform that takes every call and answers none."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        held: list[socket.socket] = []

        def hold() -> None:
            while True:
                try:
                    held.append(listener.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=hold, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            for one in held:
                one.close()


@contextmanager
def half_a_request(address: str) -> Iterator[None]:
    """Somebody who began to send and does not go on."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))) as opened:
        head = "POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
        opened.sendall(head.encode())
        yield


def seconds_to_stop(process: "subprocess.Popen[str]") -> float:
    start = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    return time.monotonic() - start


def in_outbox(folder: Path, *posted: Parcel) -> tuple[StoredParcel, ...]:
    async def work() -> tuple[StoredParcel, ...]:
        store = SqliteStore(folder / "policybot.sqlite3", keep_days=30)
        await store.open()
        await store.outbox.post(posted)
        waiting = await store.outbox.waiting()
        await store.close()
        return waiting

    return asyncio.run(work())


def test_an_idle_server_stops_at_once(tmp_path: Path) -> None:
    with server(tmp_path) as (address, process):
        talk(address, "owner-1", "亦庄")

        assert seconds_to_stop(process) < DRAIN_SECONDS
        assert process.returncode == 0


def test_a_server_stops_in_time_though_a_client_and_a_platform_hang(tmp_path: Path) -> None:
    in_outbox(tmp_path, PARCELS[0])
    with ExitStack() as stack:
        platform = stack.enter_context(silent_platform())
        wecom = {"CORP_ID": "ww1", "AGENT_ID": "1000002", "TOKEN": "tok", "AES_KEY": AES_KEY, "SECRET": "s"}
        settings = {f"POLICYBOT_WECOM_{name}": value for name, value in wecom.items()}
        address, process = stack.enter_context(server(tmp_path, **settings, POLICYBOT_WECOM_API_URL=platform))
        stack.enter_context(half_a_request(address))
        assert get(f"{address}/readyz")[0] == 200
        for one in PARCELS[1:]:  # calls that begin late hang longest
            in_outbox(tmp_path, one)

        taken = seconds_to_stop(process)

    assert taken < LIMIT
    assert process.returncode == 0
    left = in_outbox(tmp_path)
    assert [(one.parcel, one.is_dead) for one in left] == [(one, False) for one in PARCELS]
    print(f"{taken:.1f} s")  # noqa: T201 - the figure of the run book
