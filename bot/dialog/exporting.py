"""导出我的资料: all that is kept of a conversation, handed out to the one who told it."""

import re
from dataclasses import replace

from bot.dialog.commands import obey
from bot.dialog.flows import Guide, once
from bot.dialog.kept_acts import ExportKept, Known
from bot.dialog.moves import Moment, Move, Then
from bot.dialog.state import State
from bot.policy.attributes import Profile
from bot.understanding.meaning import Intent
from bot.understanding.polarity import has_any
from bot.understanding.text import normalize

_TAKES_OUT = re.compile(r"导出|下载|拷贝|拷一|打包|备份|存一份|留一份|发我一份|给我一份")
_OWN = re.compile(r"我|咱|俺|本公司|本单位|本企业|自己|聊天|对话|会话")
_KEPT = re.compile(r"资料|数据|信息|回答|答案|档案|记录|情况|内容|填的|说的|说过")
_REFUSES = re.compile(r"别|不要|不用|不想|先不|删|会不会|会被|谁|你们会|是否|要不要|泄露|[^0-9]条")
_THEN_DELETE = re.compile(
    r"[,，。;；\s]*(?:然后|之后|以后|完了?|再|并|后|顺便|同时|接着)*(?:帮我|把它?们?)?(?:全部|都|就)?删[^,，。;；]*$"
)
_WHOLE = re.compile(
    r"(?:请|帮我|麻烦|我要|我想|想要?|给我|一键|把)*(?:全部|所有)?(?:资料|数据|信息|记录)?(?:都|全)?"
    r"(?:导出|下载|export)(?:来|一?下|一份)?(?:全部|所有)?(?:资料|数据|信息|记录|回答|档案)?(?:吧|呗|一?下|到本地|出来|成?json)*"
)


def export(state: State, moment: Moment) -> Move | None:
    """Hand out all that is kept, before asking whether it is to be deleted; None when the text doesn't ask for it."""
    text, is_deletion = moment.meaning.text, moment.meaning.command.intent is Intent.DELETE_DATA
    if not asks_for_export(_THEN_DELETE.sub("", text) if is_deletion else text, moment.guide):
        return None
    copy = _copy(state, moment)
    deletion = obey(state, moment) if is_deletion else None
    return Move(state, (copy,), Then.REPEAT) if deletion is None else replace(deletion, acts=(copy, *deletion.acts))


def _copy(state: State, moment: Moment) -> ExportKept:
    return ExportKept(
        known=_known(state.profile, moment.guide),
        unknown=tuple(
            moment.guide.knowledge.attributes[name]
            for name in sorted(state.declined - state.profile.values.keys())
            if name in moment.guide.knowledge.attributes
        ),
        set_aside=_known(state.set_aside or Profile(), moment.guide),
        exchanges=state.exchanges,
        hand_off=state.hand_off,
        on=moment.on,
        companies=tuple((each.name, _known(each.profile, moment.guide)) for each in state.companies),
    )


@once
def asks_for_export(text: str, guide: Guide) -> bool:
    """Whether the user wants a copy of what is kept; 数据导出要备案吗 asks about a policy."""
    plain = normalize(text)
    if _WHOLE.fullmatch(re.sub(r"[\s,。.!?、~]", "", plain)):
        return True
    if _REFUSES.search(plain) or has_any(plain, guide.lexicon.words.policy):
        return False
    return all(part.search(plain) for part in (_TAKES_OUT, _OWN, _KEPT))


def _known(profile: Profile, guide: Guide) -> Known:
    return tuple((guide.knowledge.attributes[name], value) for name, value in profile.values.items())
