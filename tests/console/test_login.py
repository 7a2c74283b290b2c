"""Who comes in, for how long, and what is said to everybody else."""

from io import StringIO
from pathlib import Path

import pytest

from bot.console.tickets import Role, Seal, new_ticket
from bot.sessions.memory import MemoryStore
from tests.channels.fakes import ScriptedTurns
from tests.channels.serving import connect
from tests.console.serving import PASSWORD, Staff, browser_of, console, create_app
from tests.contracts.stores import Clock, create_store

HOUR = 3_600.0
WRONG = "密码不对，请再试一次。"


async def test_without_a_login_every_page_leads_to_the_login(staff: Staff) -> None:
    for path in (
        "",
        "/",
        "/undelivered",
        "/undelivered/drop?all=1",
        "/handoffs",
        "/handoffs/1",
        "/knowledge",
        "/search",
    ):
        page = await staff.open(path)

        assert (page.status, page.path) == (200, "/console/login")
        assert "登录后台" in page.words


async def test_the_right_password_leads_in_and_logging_out_leads_out_for_good(staff: Staff) -> None:
    page = await staff.log_in()
    ticket = staff.cookie()
    left = await staff.send("/logout", token=page.token)
    staff.set_cookie(ticket)
    again = await staff.open()

    assert (page.status, page.path) == (200, "/console")
    assert "概况" in page.words
    assert left.path == again.path == "/console/login"


async def test_who_is_logged_in_is_led_past_the_form(member: Staff) -> None:
    assert (await member.open("/login")).path == "/console"


@pytest.mark.parametrize("password", ["", PASSWORD[:-1], f"{PASSWORD} ", PASSWORD.upper(), "密码" * 20, "\0"])
async def test_any_other_password_is_told_to_be_wrong_and_no_more(staff: Staff, password: str) -> None:
    page = await staff.log_in(password)

    assert page.status == 403
    assert WRONG in page.words
    assert staff.cookie() == ""
    assert password not in page.text or len(password) < 2


async def test_cookies_are_kept_from_scripts_and_other_sites(staff: Staff) -> None:
    page = await staff.open("/login")
    data = {"token": page.token, "password": PASSWORD}
    told = {"Origin": staff.address}
    async with staff.client.post(
        f"{staff.address}/console/login", data=data, headers=told, allow_redirects=False
    ) as answer:
        cookies = answer.headers.getall("Set-Cookie")
        status = answer.status

    assert status == 303
    given = [one for one in cookies if "Max-Age=0" not in one]
    assert {one.partition("=")[0] for one in given} == {"policybot_console", "policybot_known"}
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Path=/console" in cookie
        assert "Secure" not in cookie
        assert PASSWORD not in cookie


async def test_behind_a_proxy_with_tls_cookies_go_by_https_only(staff: Staff) -> None:
    page = await staff.open("/login", {"X-Forwarded-Proto": "https"})

    assert "Secure" in page.headers["Set-Cookie"]


async def test_silence_ends_a_login_and_use_keeps_it_up_to_its_end(member: Staff, clock: Clock) -> None:
    for _ in range(11):
        clock.now += HOUR - 60
        assert (await member.open()).path == "/console"
    clock.now += HOUR - 60
    assert (await member.open("/knowledge")).path == "/console/knowledge"
    clock.now += 13 * 60
    ended = await member.open()

    assert ended.path == "/console/login"
    assert "登录的时间到了" in ended.words


async def test_an_hour_of_silence_ends_a_login(member: Staff, clock: Clock) -> None:
    clock.now += HOUR + 1

    assert (await member.open()).path == "/console/login"


async def test_another_password_ends_every_login(member: Staff, kept: MemoryStore, clock: Clock) -> None:
    async with console(create_app(kept, clock, "another password")) as other:
        other.set_cookie(member.cookie())

        assert (await other.open()).path == "/console/login"


def forged(now: float) -> dict[str, str]:
    """Cookies that were not given to a member."""
    seal, other = Seal(PASSWORD), Seal("another password")
    real = seal.write(new_ticket(Role.MEMBER, now))
    body, _, mac = real.rpartition(".")
    return {
        "garbage": "x",
        "of another password": other.write(new_ticket(Role.MEMBER, now)),
        "a guest's": seal.write(new_ticket(Role.GUEST, now)),
        "a known browser's": seal.write(new_ticket(Role.KNOWN, now)),
        "a guest's, made a member's": seal.write(new_ticket(Role.GUEST, now)).replace("g.", "m.", 1),
        "without a signature": f"{body}.",
        "of another ticket": f"{seal.write(new_ticket(Role.MEMBER, now)).rpartition('.')[0]}.{mac}",
        "longer": f"{real}x",
        "with other digits": real.replace(".1", ".١", 1).encode().decode("latin-1"),
        "too long": "m" * 6_000,
    }


@pytest.mark.parametrize("which", forged(0.0))
async def test_a_forged_cookie_is_none(staff: Staff, clock: Clock, which: str) -> None:
    cookie = {"Cookie": f"policybot_console={forged(clock())[which]}".encode("utf-8", "replace").decode("latin-1")}

    page = await staff.open(headers=cookie)

    assert (page.status, page.path) == (200, "/console/login")


@pytest.mark.parametrize(
    "header", ["policybot_console", "policybot_console=", "=;=;;", 'policybot_console="', "a=b; policybot_console=\xff"]
)
async def test_a_header_that_is_no_cookies_leads_to_the_login(staff: Staff, header: str) -> None:
    assert (await staff.open(headers={"Cookie": header})).path == "/console/login"


async def test_a_form_without_the_token_of_its_page_does_nothing(member: Staff) -> None:
    page = await member.open()
    async with browser_of(member.address) as other:
        stolen = (await other.log_in()).token
    for token in ("", "x", stolen, page.token[:-1], "ü"):
        refused = await member.send("/logout", token=token)

        assert refused.status == 403
        assert "没有做" in refused.words
    assert (await member.open()).path == "/console"


async def test_a_password_without_the_token_of_the_form_is_not_tried(staff: Staff) -> None:
    page = await staff.open("/login")
    async with browser_of(staff.address) as other:
        without_cookie = await other.send("/login", token=page.token, password=PASSWORD)
    without_token = await staff.send("/login", password=PASSWORD)

    assert without_cookie.status == without_token.status == 403
    assert "请允许 Cookie" in without_cookie.words
    assert staff.cookie() == ""


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Origin": "https://evil.example"}, id="another site"),
        pytest.param({"Origin": "null"}, id="no site"),
        pytest.param({"Origin": ""}, id="nothing"),
        pytest.param({"Origin": "http://[::1"}, id="no address"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="said by the browser"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="a neighbour"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="typed"),
    ],
)
async def test_a_form_from_another_site_does_nothing(member: Staff, headers: dict[str, str]) -> None:
    page = await member.open()

    refused = await member.send("/logout", headers, token=page.token)

    assert refused.status == 403
    assert "不是从后台的页面里点的" in refused.words
    assert (await member.open()).path == "/console"


async def test_a_proxy_may_leave_the_port_out(member: Staff) -> None:
    page = await member.open()
    headers = {"Host": "zc.example.com", "Origin": "https://zc.example.com:8443"}

    left = await member.send("/logout", headers, token=page.token)

    assert left.status != 403


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", ""), ("POST", ""), ("DELETE", "/undelivered"), ("GET", "/logout"), ("GET", "/undelivered/retry")],
)
async def test_a_wrong_method_is_told_on_a_page(member: Staff, method: str, path: str) -> None:
    async with member.client.request(method, f"{member.address}/console{path}") as response:
        text = await response.text()

    assert response.status == 405
    assert response.headers["Allow"]
    assert "不能这样打开" in text


async def test_an_unknown_address_is_told_on_a_page(member: Staff) -> None:
    for path in ("/none", "/static/none.css", "/static/%2e%2e%2fserver.py", "/handoffs/1/2/3"):
        page = await member.open(path)

        assert page.status == 404
        assert "没有这一页" in page.words


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        pytest.param(b"token=" + b"x" * 20_000, "application/x-www-form-urlencoded", 413, id="large"),
        pytest.param(b"token=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413, id="larger"),
        pytest.param(b"&".join([b"a=b"] * 100), "application/x-www-form-urlencoded", 400, id="many fields"),
        pytest.param("token=密".encode(), "application/x-www-form-urlencoded", 400, id="not encoded"),
        pytest.param(b"{}", "application/json", 415, id="no form"),
        pytest.param(b"", "multipart/form-data; boundary=x", 415, id="another kind of form"),
    ],
)
async def test_what_is_no_form_of_ours_is_told_on_a_page(member: Staff, body: bytes, kind: str, status: int) -> None:
    headers = {"Origin": member.address, "Content-Type": kind}
    async with member.client.post(f"{member.address}/console/logout", data=body, headers=headers) as response:
        text = await response.text()

    assert response.status == status
    assert "回到后台首页" in text


async def test_a_body_without_a_length_is_no_larger(member: Staff) -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b"x" * 1_000

    headers = {"Origin": member.address, "Content-Type": "application/x-www-form-urlencoded"}
    async with member.client.post(f"{member.address}/console/logout", data=endless(), headers=headers) as response:
        assert response.status == 413


async def test_without_the_store_nobody_logs_in_and_who_is_in_sees_what_is_wrong(tmp_path: Path, clock: Clock) -> None:
    store = create_store("sqlite", tmp_path, clock)
    await store.open()
    async with console(create_app(store, clock)) as staff, browser_of(staff.address) as late:
        await staff.log_in()
        await store.close()
        refused, page, letters = await late.log_in(), await staff.open(), await staff.open("/undelivered")
        known = await staff.open("/knowledge")

    assert refused.status == letters.status == 503
    assert "暂时不能登录" in refused.words
    assert "没有打开" not in refused.words  # what is wrong is told to members only
    assert "没有打开" in letters.words
    assert page.status == known.status == 200
    assert "保存对话的地方现在用不了" in page.words


async def test_nothing_secret_is_in_the_log(staff: Staff, log: StringIO) -> None:
    await staff.log_in("a wrong password")
    page = await staff.log_in()
    ticket = staff.cookie()
    await staff.send("/logout", token=page.token)

    written = log.getvalue()
    for event in ("console_login_refused", "console_login ", "console_logout"):
        assert event in written
    for secret in ("a wrong password", PASSWORD, ticket, page.token, "127.0.0.1 "):
        assert secret not in written


async def test_without_the_console_there_is_nothing_at_its_address() -> None:
    async with connect(ScriptedTurns()) as client:
        for path in ("/console", "/console/login"):
            async with client.get(path) as response:
                assert response.status == 404
