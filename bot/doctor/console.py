"""What the staff's console needs: a server that was started with its password."""

from bot.console.cookies import LOGIN_PATH, PATH
from bot.doctor.findings import Finding, right, skipped, wrong
from bot.doctor.server import OwnServer

_WHAT = f"工作人员后台 {PATH}"


async def check_console(server: OwnServer) -> Finding:
    """Whether the server that runs shows its login; the password itself is not tried."""
    answer = await server.get(LOGIN_PATH)
    match answer.status:
        case 200:
            return right(_WHAT, f"开着；在浏览器里打开 https://您的域名{PATH}，用设好的密码登录")
        case 0:
            return skipped(_WHAT, "服务没有开着，没有查")
        case _:
            return wrong(_WHAT, "开着的服务没有这个地址；它启动时还没有密码，重新启动服务")
