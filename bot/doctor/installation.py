"""What every installation has: content, a store, an address."""

from bot.app import build_store, open_bundle, opened
from bot.content.problems import ContentProblems
from bot.doctor.findings import Finding, Findings, right, skipped, wrong
from bot.doctor.server import OwnServer
from bot.sessions.base import StoreUnavailable
from bot.settings import Settings


async def check_installation(settings: Settings, server: OwnServer) -> Findings:
    """Content, store and server."""
    yield _check_content(settings)
    yield await _check_store(settings)
    yield _check_sealing(settings)
    yield await _check_server(server)


def _check_content(settings: Settings) -> Finding:
    try:
        bundle = open_bundle(settings)
    except ContentProblems as problems:
        return wrong("内容", f"有 {len(problems.problems)} 处写错，服务起不来；policybot check 逐条列出")
    return right("内容", f"{len(bundle.guide.knowledge.clauses)} 条政策条款，没有写错的地方")


async def _check_store(settings: Settings) -> Finding:
    try:
        async with opened(build_store(settings)) as store:
            await store.check()
    except StoreUnavailable as error:
        return wrong("保存对话的地方", error.what)
    return right("保存对话的地方", "能读能写")


def _check_sealing(settings: Settings) -> Finding:
    if not settings.store_keys:
        return skipped("对话加密", "没有设置密钥，对话不加密保存；要加密就设 POLICYBOT_STORE_KEY，见 docs/security.md")
    others = len(settings.store_keys) - 1
    return right(
        "对话加密",
        "设置了密钥，新的对话加密保存"
        + (f"；另有 {others} 把旧密钥只用来读，policybot reseal 之后就能去掉" if others else ""),
    )


async def _check_server(server: OwnServer) -> Finding:
    answer = await server.get("/readyz")
    match answer.status:
        case 200:
            return right("服务", "开着，可以回答")
        case 503:
            return wrong("服务", "开着，但还不能回答；看它的日志里 not_ready 前后的几行")
        case 0:
            return skipped("服务", "没有开着；用 policybot serve 启动后再查一次，回调地址才能一起查到")
        case _:
            return wrong("服务", "这个端口上是别的程序，请换 POLICYBOT_PORT，或停掉那个程序")
