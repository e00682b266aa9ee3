"""Find promises that are just the title of a project: 农作物秸秆产业化利用."""

from __future__ import annotations

import re

from kg.extraction.names.mentions import Mention

_RULE = "title"
_TITLE = re.compile(r"[^，。；：:;,！？\d]{4,30}")
_ENDS = "。；; \u3000"
# A text that begins with a verb is a sentence.
_VERB = re.compile(
    r"推[进动行广]|加[强快大]|完[善成]|实[施现行]|开[展工放]|新[建增改]|建[设成立]|提[升高]|优化|深化"
    r"|落实|做[好大强]|持续|全[面力]|大力|积极|继续|启动|打[造通]|改[造善建]|扩[建大]|组织|举办|支持"
    r"|培[育养]|引[进导]|强化|健全|促进|保[障持]|扎实|稳[步妥定]|抓[好实]|着力|确保|力争|编制|制[定订]"
    r"|发[展放挥]|探索|构建|拓展|创[建新]|整治|治理|规范|严[格控]|落地|争[取创]|办好|统筹|巩固|增[加强]"
    r"|依[靠托]|主动|高[起标质水]|应对|坚决|围绕|深入|切实|充分|不断|坚持|筹[建办]|修[建缮]|配[合建]"
    r"|协[调助]|谋划|守|瞄准|跟踪|解决|消除|化解|[为以在将把对赴与]"
)
# A text that says that something is reached or grows is not a title.
_TOLD = re.compile(
    r"完成|增长|增速|保持|达[到标]|快于|不低|全覆盖|[开竣完]工|通车|建成|[启投]用|交付|等"
)
# A general field of work is not a name, unless it contains a name.
_FIELD = re.compile(r"(?:建设|服务|管理|工作|发展|环境|整治|保障|水平|质量)$")
_LIST = re.compile(r"[、和与及]")
_WORKS = re.compile(r"(?:工程|项目)$")


def find_title(text: str, mentions: list[Mention]) -> Mention | None:
    """Return the project if a promise is just its title, else None.

    Args:
        text: The promise.
        mentions: The mentions found in it.

    >>> find_title("农作物秸秆产业化利用", []).name
    '农作物秸秆产业化利用'
    >>> find_title("推进农作物秸秆利用", []), find_title("公交设施建设", [])
    (None, None)
    """
    words = text.strip(_ENDS)
    if not _TITLE.fullmatch(words) or _VERB.match(words) or _TOLD.search(words):
        return None
    if not _WORKS.search(words):
        if _FIELD.search(words) and not mentions:
            return None
        if mentions and _LIST.search(words):
            return None
    start = text.index(words)
    return Mention("project", words, start, start + len(words), _RULE)
