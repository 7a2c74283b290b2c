"""The errors that the program raises on purpose.

PolicybotError
├── SettingsError        a setting is missing, unknown or contradicts another one
├── ContentError         the content can't be used
│   └── ContentProblems      all problems of a content folder, each with its place
├── SessionError         a conversation can't be kept
│   ├── StoreUnavailable     the store is locked, full, read-only or gone
│   │   └── KeyMissing           it holds what was sealed with a key that is not set
│   ├── SessionConflict      another turn of the same conversation was faster
│   ├── SessionUnreadable    a stored conversation can't be read
│   │   ├── SessionDamaged       it is not what was written
│   │   └── SessionNewer         it is whole, but a later version wrote it
│   └── TurnFailed           a turn was not done; nothing of it is kept
│       ├── SentTooFast          somebody sends more than is let in
│       └── Overloaded           all together send more than can be answered
├── ApiError             a call to WeCom did not do what was asked
├── SocketLost           the long connection to WeCom is gone, or answers no more
├── FrameRefused         WeCom answered a frame of the long connection with an error code
└── RequestError         a request on the command line or over HTTP is not valid
    ├── CallbackRefused      what was posted to a callback address is not from its platform, or damaged
    └── TokenRefused         DingTalk gives no access token
"""


class PolicybotError(Exception):
    """Base of all errors that the program raises on purpose."""


class SettingsError(PolicybotError):
    """Raised when a setting is missing, unknown or contradicts another one."""


class ContentError(PolicybotError):
    """Raised when dialogs/, knowledge/ or templates/ have problems."""


class SessionError(PolicybotError):
    """Raised when a conversation can't be kept."""


class RequestError(PolicybotError):
    """Raised when a request is not valid; its sentence is in Chinese and may be shown."""
