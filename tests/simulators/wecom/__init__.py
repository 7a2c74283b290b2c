"""A WeCom to test against: it keeps what the platform documents, and says what the bot does wrong."""

from tests.simulators.wecom.callbacks import Delivery, Envelope
from tests.simulators.wecom.inbox import Inbox, Shown
from tests.simulators.wecom.kf_sessions import State
from tests.simulators.wecom.platform import Accounts, Timing
from tests.simulators.wecom.simulator import WeCom

__all__ = ["Accounts", "Delivery", "Envelope", "Inbox", "Shown", "State", "Timing", "WeCom"]
