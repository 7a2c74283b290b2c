"""A plain client of WeCom's API, for trying out the simulator."""

import json
from typing import Any

import aiohttp

from tests.simulators.wecom import WeCom


class Client:
    """A plain client of the API."""

    def __init__(self, wecom: WeCom, session: aiohttp.ClientSession) -> None:
        self.wecom = wecom
        self._session = session
        self.token = ""

    async def get_token(self, secret: str = "") -> dict[str, Any]:
        accounts = self.wecom.platform.accounts
        query = {"corpid": accounts.corp_id, "corpsecret": secret or accounts.kf_secret}
        async with self._session.get(f"{self.wecom.url}/cgi-bin/gettoken", params=query) as response:
            answer: dict[str, Any] = await response.json()
        self.token = answer.get("access_token", "")
        return answer

    async def post(self, path: str, **body: Any) -> dict[str, Any]:
        if not self.token:
            await self.get_token()
        url = f"{self.wecom.url}/cgi-bin/{path}?access_token={self.token}"
        async with self._session.post(url, data=json.dumps(body, ensure_ascii=False).encode()) as response:
            answer: dict[str, Any] = await response.json()
        return answer

    async def sync(self, token: str, cursor: str = "") -> dict[str, Any]:
        return await self.post(
            "kf/sync_msg", open_kfid=self.wecom.platform.accounts.open_kfid, token=token, cursor=cursor
        )

    async def say(self, to: str, text: str, **more: Any) -> dict[str, Any]:
        who = {"touser": to, "open_kfid": self.wecom.platform.accounts.open_kfid}
        return await self.post("kf/send_msg", **who, msgtype="text", text={"content": text}, **more)


Met = tuple[WeCom, Client]


async def send(met: Met, kind: str = "text", content: Any = None, **more: Any) -> dict[str, Any]:
    """What the API answers to a message to zhangsan."""
    wecom, client = met
    body = {"touser": "zhangsan", "msgtype": kind, "agentid": wecom.platform.accounts.agent_id}
    return await client.post("message/send", **{**body, kind: content or {"content": "你好"}, **more})
