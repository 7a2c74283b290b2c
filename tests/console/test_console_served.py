"""The console of a server as it is started."""

import re
import signal
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

from tests.simulators.base import PATIENCE
from tests.test_server import get, server, talk

PASSWORD = "correct horse battery"


class Browser:
    """Keeps cookies, and says where a form comes from."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, **fields: str) -> str:
        """The page; with fields what the form leads to."""
        body = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(f"{self.address}{path}", body, {"Origin": self.address})
        with self._opener.open(request, timeout=PATIENCE) as answer:
            return str(answer.read().decode())


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_staff_log_in_and_see_who_waits_for_a_person(tmp_path: Path) -> None:
    with server(tmp_path, POLICYBOT_CONSOLE_PASSWORD=PASSWORD) as (address, process):
        talk(address, "owner-1", "我们在亦庄，小巨人", "转人工")
        staff = Browser(address)
        page = staff.open("/console/login", token=token_of(staff.open("/console/login")), password=PASSWORD)
        record = staff.open(re.findall(r"/console/handoffs/[\w-]+", staff.open("/console/handoffs"))[0])
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)

    assert "<strong>1</strong> 人在等人工" in page
    assert "我们在亦庄，小巨人" in record
    assert "console_login" in err
    assert PASSWORD not in out + err
    assert "owner-1" not in record


def test_a_server_without_a_password_has_no_console(tmp_path: Path) -> None:
    with server(tmp_path) as (address, _):
        assert get(f"{address}/console")[0] == get(f"{address}/console/login")[0] == 404


def test_a_server_without_the_web_chat_may_have_a_console(tmp_path: Path) -> None:
    with server(tmp_path, POLICYBOT_CONSOLE_PASSWORD=PASSWORD, POLICYBOT_WEB="0") as (address, _):
        login, style, chat = (get(f"{address}{path}") for path in ("/console", "/console/static/colors.css", "/"))

    assert (login[0], style[0], chat[0]) == (200, 200, 404)
    assert "登录后台" in login[1]
