"""How the platform says no: by HTTP status on the new API, by errcode on the old one."""

from typing import Any

Json = dict[str, Any]


class Refusal(Exception):
    """Raised when a call is not carried out; `is_violation` says whether the caller could have known better."""

    def __init__(self, status: int, body: Json, what: str, *, is_violation: bool = True) -> None:
        super().__init__(what)
        self.status = status
        self.body = body
        self.what = what
        self.is_violation = is_violation


class ApiRefusal(Refusal):
    """Raised by the addresses under /v1.0."""

    def __init__(self, code: str, what: str, status: int = 400, *, is_violation: bool = True) -> None:
        body = {"code": code, "message": what, "requestid": "00000000-0000-0000-0000-000000000000"}
        super().__init__(status, body, f"{code} {what}", is_violation=is_violation)


class OapiRefusal(Refusal):
    """Raised by webhooks, which always answer with HTTP 200."""

    def __init__(self, errcode: int, what: str, *, is_violation: bool = True) -> None:
        super().__init__(200, {"errcode": errcode, "errmsg": what}, f"{errcode} {what}", is_violation=is_violation)
