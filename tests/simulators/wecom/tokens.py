"""Access tokens: one per app, alive for two hours, unless revoked."""

from dataclasses import dataclass

from tests.simulators.wecom.platform import Call, Json, Platform, Refused, Window

LIFETIME = 7200
PER_MINUTE = 20


@dataclass(slots=True)
class Token:
    """One token."""

    text: str
    app: str
    ends: float
    is_revoked: bool = False


class Tokens:
    """What was given out, and whether it still opens anything."""

    def __init__(self, platform: Platform, lifetime: float = LIFETIME) -> None:
        self._platform = platform
        self._given: dict[str, Token] = {}
        self._window = Window(platform.clock, {60: PER_MINUTE})
        self.lifetime = lifetime
        self.asked = 0
        """How often gettoken was called."""
        self.is_new_each_time = False
        """Whether gettoken makes a new token and kills the earlier one. Not documented, so play both."""

    def get(self, call: Call) -> Json:
        """Serve gettoken."""
        self.asked += 1
        app = self._app_of(call.query.get("corpid", ""), call.query.get("corpsecret", ""))
        if not self._window.admits(app):
            raise Refused(45009, "api freq out of limit: gettoken must be cached")
        token = self._current(app)
        return {"access_token": token.text, "expires_in": int(token.ends - self._platform.clock.now())}

    def revoke(self) -> None:
        """Make every token invalid before its time."""
        for token in self._given.values():
            token.is_revoked = True

    def owner_of(self, text: str, app: str) -> str:
        """Whose token it is, if it is alive and may do that."""
        token = self._given.get(text)
        if not text:
            raise Refused(41001, "access_token missing")
        if token is None or token.is_revoked:
            raise Refused(40014, "invalid access_token", is_wrong=token is None)
        if token.ends <= self._platform.clock.now():
            raise Refused(42001, "access_token expired", is_wrong=False)
        if app not in {"any", token.app} and not self._is_same_secret():
            raise Refused(48002, f"api forbidden: token of {token.app}, needed one of {app}")
        return token.app

    def _is_same_secret(self) -> bool:
        """Whether one app does everything."""
        return self._platform.accounts.secret == self._platform.accounts.kf_secret

    def _app_of(self, corp_id: str, secret: str) -> str:
        """Which app a secret opens."""
        accounts = self._platform.accounts
        if corp_id != accounts.corp_id:
            raise Refused(40013, "invalid corpid")
        apps = {accounts.kf_secret: "kf", accounts.secret: "app"}
        if secret not in apps:
            raise Refused(40001, "invalid credential")
        return apps[secret]

    def _current(self, app: str) -> Token:
        """The app's token that is alive, or a new one."""
        now = self._platform.clock.now()
        alive = [t for t in self._given.values() if t.app == app and not t.is_revoked and t.ends > now]
        if alive and not self.is_new_each_time:
            return alive[-1]
        for token in alive:
            token.is_revoked = True
        token = Token(f"TOKEN-{app}-{self._platform.number()}-{'x' * 180}", app, now + self.lifetime)
        self._given[token.text] = token
        return token
