"""Tell the lines that belong to the page or to the letter: web furniture, letterhead, page marks."""

from __future__ import annotations

import re

from kg.reading.furniture import is_page_mark, is_rule

_SPACE = re.compile(r"[\s\u3000\xa0]+")
_FURNITURE = re.compile(
    # Where one is on the site.
    r"(?:您?(?:的)?(?:当前|现在)?(?:所在)?的?位置[：:]?|所在位置|网站首页|首页)\s*.{0,12}[>＞»›/|→].*"
    r"|[^。；]{1,20}(?:[>＞»›][^。；>＞»›]{1,24}){2,}"
    # When, by whom and how often it was published.
    r"|(?:【|\[)?(?:发布|发文|成文|生成|公开|公布|更新|签发|印发|制发|录入)(?:日期|时间|机构|单位|部门|机关|人)\s*[：:].*"
    r"|(?:发文字号|文\s*号|索\s*引\s*号|主题分类|主题词|信息分类|组配分类|公文种类|体裁分类|服务对象|有效性|有\s*效\s*期|生效日期|废止日期|公开(?:方式|属性|类别|范围|形式)|关\s*键\s*词|信息来源|文章来源|来\s*源|作\s*者|(?:责任)?编辑|审核|初审|复审|终审|校对|摄影|供稿|信息索引|名\s*称|标\s*题|内容概述)\s*[：:].{0,60}"
    r"|(?:浏览|访问|点击|阅读)(?:次数|量|数)?\s*[：:]?\s*[\d次\[\]()（） ]*.{0,20}"
    r"|【?(?:字体|字号)(?:大小)?\s*[：:]?.{0,24}】?|[\[【(（]?\s*大\s*[|/、 ]*\s*中\s*[|/、 ]*\s*小\s*[\]】)）]?.{0,12}"
    r"|[\[【(（]?(?:打\s*印|分\s*享|收\s*藏|关\s*闭|纠\s*错|返\s*回|下\s*载|扫一扫|微信|微博|朗读|语音播报|无障碍|长者|适老|繁体|简体|登录|注册|搜索|手机版?)"
    r"(?:(?:到|至|本页|此页|窗口|正文|文章|页面|全文|顶部|首页|上一页|浏览|模式|版|助手|查看|在手机|[\s\]】）)：:|、/]).{0,24})?"
    r"|(?:上一[篇条页]|下一[篇条页]|相关(?:链接|文件|附件|阅读|稿件|解读)|附件下载|推荐阅读|责任编辑|扫码|用手机|手机(?:版|查看)|微信扫).*"
    r"|.*(?:版权所有|网站标识码|ICP备|公网安备|网站地图|联系我们|技术支持[：:]|政府网站找错|建议使用|Copyright|copyright).*"
    r"|主办(?:单位)?[：:].{0,24}(?:人民政府|政府办公[室厅]|委员会)(?:\s.*)?"
    r"|.{2,30}\s(?:发布|发文|更新)(?:时间|日期)\s*[：:].*"
    r"|附(?:件|表|录)\s*[\d一二三四五六七八九十]{0,2}\s*[：:]?"
    # What ends an announcement.
    r"|(?:公示(?:期|时间)|特此|专此|如有(?:意见|异议|不同)|欢迎(?:社会|广大)|以上(?:情况|为)|附件?\s*\d{0,2}\s*[：:]).{0,80}"
    # Letterhead.
    r"|[一-鿿]{1,10}(?:发|函|字|办|电|规|通|报|督|令|文)?\s*[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\])）】]\s*(?:第\s*)?\d{1,4}\s*[号期].{0,12}"
    r"|(?:抄\s*送|抄\s*报|主\s*送|签\s*发\s*人?|密级|紧急程度|份号|拟稿|核稿)\s*[：:].*"
    r"|.{2,30}(?:办公[室厅]|委员会|秘书[处科]|政府|督查室|局)\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*印发"
    r"|(?:共印|印数).{0,12}|[（(]?(?:此件|本件|全文|此页无正文).{0,16}[）)]?|(?:联系人|联系电话|联系方式)\s*[：:].*"
    r"|(?:19|20|二[〇○０0零]|２０)[\d〇○零一二三四五六七八九０-９]{2}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
    r"|(?:中共)?[一-鿿]{2,20}(?:人民政府(?:办公[室厅])?|委员会办公[室厅]|(?:市|区|县|旗|州)委(?:办公[室厅])?|政府(?:办公[室厅]|督查室))(?:文件)?"
    r"|[一-鿿]{2,20}文件|.{0,6}\|\s*\|?.{0,6}"
)
# Behind these the page goes on, the document does not.
_END_OF_DOCUMENT = re.compile(
    r"(?:上一[篇条]|下一[篇条]|相关(?:链接|文件|阅读|稿件|解读)|附件下载|推荐阅读|扫一扫|版权所有|主办(?:单位)?[：:].{0,24}人民政府办公).*"
)
_LONGEST = 120


def is_furniture(line: str) -> bool:
    """Tell whether a line belongs to the page or to the letter, not to what it says.

    >>> lines = ("首页 > 政务公开 > 督查", "发布日期：2024-02-01", "【字体：大 中 小】", "抄送：区委办。")
    >>> [is_furniture(line) for line in (*lines, "某政办发〔2024〕3号", "1.新建学校。", "打印设备补贴到户，惠及全部家庭和商户。")]
    [True, True, True, True, True, False, False]
    """
    shown = _SPACE.sub(" ", line).strip()
    if is_page_mark(shown) or is_rule(shown):
        return True
    return len(shown) <= _LONGEST and bool(_FURNITURE.fullmatch(shown))


def ends_document(line: str) -> bool:
    """Tell whether a line begins what a web page shows below a document."""
    return bool(_END_OF_DOCUMENT.fullmatch(line.strip()))
