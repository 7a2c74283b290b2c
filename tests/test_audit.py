"""`make audit`: it fails for a known vulnerability, and never takes silence for an answer."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.channels.serving import serve_app

ROOT = Path(__file__).resolve().parent.parent
KNOWN = {"id": "PYSEC-2026-1", "summary": "made up", "affected": [], "aliases": []}


async def audit(address: str) -> tuple[int, str]:
    """The exit status, and what is said."""
    environment = {**os.environ, "OSV_URL": address, "PIP_AUDIT": str(Path(sys.executable).with_name("pip-audit"))}
    process = await asyncio.create_subprocess_exec(
        str(ROOT / ".ci/audit"), env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def audit_with(vulnerabilities: Mapping[str, object]) -> tuple[int, str, list[str]]:
    """The same with a service that knows these, by package, and what it was asked for."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        question: dict[str, Any] = await request.json()
        asked.append(question["package"]["name"])
        found = vulnerabilities.get(asked[-1])
        return web.json_response({"vulns": [found]} if found else {})

    app = web.Application()
    app.router.add_post("/v1/query", answer)
    async with serve_app(app) as address:
        return *await audit(f"{address}/v1/query"), asked


async def test_every_pinned_package_is_looked_up_and_none_has_a_known_vulnerability() -> None:
    status, said, asked = await audit_with({})

    assert (status, "no dependency has a known vulnerability" in said) == (0, True)
    assert {"aiohttp", "cryptography", "redis", "opentelemetry-sdk", "pytest"} <= set(asked)


async def test_a_known_vulnerability_is_shown_and_fails() -> None:
    status, said, _ = await audit_with({"jinja2": KNOWN})

    assert status == 1
    assert "PYSEC-2026-1" in said


async def test_where_the_advisories_cannot_be_reached_it_says_that_nothing_was_looked_up() -> None:
    status, said = await audit("http://127.0.0.1:9/v1/query")

    assert (status, "no dependency was looked up" in said) == (2, True)
