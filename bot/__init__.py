"""Policybot tells an enterprise which government policies it can claim, in a guided chat."""

import os

# Words are compared by the sound of single characters; the dictionary of phrases would cost 0.2 s at the start.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # noqa: TID251
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")  # noqa: TID251
