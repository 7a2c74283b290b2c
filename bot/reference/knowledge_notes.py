"""The keys of the files in knowledge/."""

from bot.content.dialog_schemas import PlacesFile, SpanningShape
from bot.content.schemas import (
    AttributesFile,
    AttributeShape,
    BetterOfShape,
    ClausesFile,
    ClauseShape,
    CombiningShape,
    ContactsFile,
    ContactShape,
    DocumentsFile,
    DocumentShape,
    ExclusionShape,
    LimitShape,
    NoFigureShape,
    RuleShape,
    Span,
    StatusShape,
    SumShape,
    TermsFile,
    TermShape,
    TierShape,
    TiersShape,
    YearSpan,
)
from bot.reference.notes import Note, Notes

_SUM = {
    "rate": Note("按比例给的比例；要和 of 一起写", "50%"),
    "of": Note("按什么算：一个或几个金额属性，几个的加起来", "insurance_premium"),
    "minus": Note("要先扣掉的金额属性；和 fixed 一起写就是补差额", "facility_civil_works"),
    "fixed": Note("定额：原文写明给多少钱", "10万"),
    "ceiling": Note("只有上限、没有算法：原文只写“最高多少”", "500万"),
    "cap": Note("按比例或定额算出来之后的封顶", "50万"),
    "per": Note("上限按什么算，如每家企业每年、每个项目；原文没写就不写", "enterprise_year"),
    "upper_bound": Note("原文写的是“不超过百分之几”，算出来的只是最多能有的数", "true"),
}
_RULE = {
    "id": Note("规则的名字，英文小写和短横线，不能重复", "bda-premium-year"),
    "clauses": Note("管哪些条款，写条款的编号", "[bda-data-industry/1/premium-50, bda-data-industry/1/premium-60]"),
    "say": Note("给用户看的一句话", "同一笔科技保险保费只能按一档补贴，取高的一档"),
    "source": Note("出自哪份文件第几条", "经开区数据产业措施第 1 条"),
}

KNOWLEDGE_NOTES: Notes = {
    AttributesFile: {"attributes": Note("所有属性：属性名（英文小写）下面写它的各项")},
    AttributeShape: {
        "type": Note("属性的类型：单选、有高低的级别、多选、是否、金额、整数或日期", "yuan"),
        "label": Note("中文名，用户会看到", "当年科技保险实际保费"),
        "values": Note("可选的值；有高低的从低到高写", "[none, innovative, specialized, little_giant]"),
        "values_of": Note("可选的值和另一个属性一样，写那个属性的名字", "region"),
        "labels": Note("每个值的中文名", "{bidex: 北京国际大数据交易所（北数所）, other: 其他机构}"),
        "note": Note("要说明的话：怎么理解这个属性", "看注册地，不看办公地"),
        "default": Note("用户没说时当作哪个值", "enterprise"),
        "default_from": Note("用户没说时取哪个属性的值", "region"),
        "changeable": Note("写 false：企业改不了，不劝人去改", "false"),
        "change": Note(
            "企业怎样能做到，接在“只差”后面念；{value} 代表要达到的值。没写的，结果里不劝人去改", "评上{value}"
        ),
        "once": Note("写 true：只有头一次算，答过“不是”就改不回来，不再劝", "true"),
        "kept_for": Note("没有条款用到也要留着的，写留作什么用；写了就不再提醒", "留给以后限定行业的条款"),
    },
    ContactsFile: {
        "hotline": Note("没有公布电话的部门，一律给出这个热线；写它的 id", "hotline-12345"),
        "contacts": Note("所有部门和热线"),
    },
    ContactShape: {
        "id": Note("联系方式的名字，条款和文件用它来指；英文小写和短横线", "bda-it"),
        "name": Note("部门的全名，用户会看到", "经开区信息技术局"),
        "phone": Note("公布过的电话，加引号；没有公布就不写，不能编", '"12345"'),
        "hours": Note("接电话的时间，公布了才写"),
        "source": Note("部门或号码出自哪里；写了电话必须写", "《北京市数字经济政策精华汇编（2024）》"),
    },
    DocumentsFile: {
        "documents": Note("所有政策文件，一份一项；汇编里引用的每份政策也单写一项"),
        "combining": Note("哪些钱能一起拿、哪些不能：合并上限、二选一、从高不重复"),
    },
    DocumentShape: {
        "id": Note("文件的名字，条款文件用它来指；英文小写和短横线", "bda-data-industry"),
        "title": Note("文件全名", "北京经济技术开发区关于加快推进数据产业高质量发展的若干措施"),
        "short_title": Note("给用户看的简称", "经开区数据产业措施"),
        "issuer": Note("发文单位", "北京经济技术开发区管理委员会"),
        "level": Note("哪一级的：市级、功能区（如经开区）、区级", "zone"),
        "status": Note("效力：在施行期内、征求意见稿、某年批次、名称里写了年份，或没写期限", "{batch: 2023}"),
        "status_note": Note("效力要说明的话，用户会看到", "还是征求意见稿，没有生效"),
        "scope": Note("管哪些单位，写法同条款的 conditions；对这份文件的每一条都算", "[{region: 经开区}]"),
        "scope_say": Note("管哪些单位，用半句话说；不符合时给用户看", "在经开区注册或开展工作"),
        "premises": Note("几乎每家都满足的前提（如近三年没有重大处罚），合成一问最后问", "[{criminal_record: false}]"),
        "stacking_note": Note("和别的支持能不能同时拿，原文怎么说", "征求意见稿没有写与其他政策怎么叠加"),
        "contacts": Note("条款自己没写 contacts 时找谁", "[tongzhou-economy-it]"),
        "places": Note("这份文件管的区，搜索用", "[经开区]"),
        "names": Note("大家怎么叫它，搜索用", "[亦庄数据政策, 开发区数据措施]"),
    },
    StatusShape: {
        "in_force": Note("原文写了施行起止日期：from 起、until 止，至少写一个，当天都算", "{until: 2027-12-31}"),
        "batch": Note("某一年的批次：当年可报，下一年待核实，再往后算截止", "2023"),
        "title_years": Note("名称里写了年份的行动计划，from 到 until，两头都算", "{from: 2023, until: 2025}"),
    },
    Span: {
        "from": Note("起始日", "2025-01-01"),
        "until": Note("截止日，当天还算", "2027-12-31"),
    },
    YearSpan: {
        "from": Note("起始年", "2023"),
        "until": Note("截止年", "2025"),
    },
    CombiningShape: {
        "limits": Note("几项合起来的上限"),
        "exclusions": Note("几项里只能算一项的"),
        "better_of": Note("同一项目已经领了别的钱，只取高的一项"),
    },
    RuleShape: _RULE,
    LimitShape: {**_RULE, "cap": Note("几项合起来最多多少", "50万")},
    ExclusionShape: {
        **_RULE,
        "stated": Note("写 false：原文没有说能不能同时拿，先不相加，让用户去问", "false"),
    },
    BetterOfShape: {
        **_RULE,
        "attribute": Note("已经领到的那笔钱，写金额属性的名字", "same_project_zone_award"),
    },
    ClausesFile: {
        "document": Note("这个文件里的条款属于哪份政策文件，写它的 id", "bda-data-industry"),
        "clauses": Note("条款，一项支持、一个方向或一条规则写一项"),
    },
    ClauseShape: {
        "article": Note("第几条，和原文一样", "8"),
        "part": Note("同一条里有几项时，各起一个英文名", "data-voucher"),
        "policy": Note("汇编里的一项出自哪份政策，写它的 id；效力看那份政策", "gjj-2023-batch-3"),
        "title": Note("名称，用自己的话，用户会看到", "数据券（采购数据产品补贴）"),
        "summary": Note("一两句话说清给谁、给什么、给多少，用自己的话", "采购数据产品，按年度交易额的一成补给买方。"),
        "kind": Note("给的是什么；只有方向或规则的写 direction、rule，不能有金额", "voucher"),
        "recipient": Note("给谁", "采购数据产品的企业"),
        "conditions": Note("要满足的条件，全部都要满足；写法见“条件”", "[{purchase_venue: compliant_platform}]"),
        "benefit": Note("给多少；写法见“给多少钱”", "{rate: 10%, of: purchase_amount, cap: 100万}"),
        "terms": Note("金额以外还定了什么：年限、贴息率的界限等；里面的数字要在 evidence 里有", "连续支持不超过五年"),
        "contacts": Note("找谁办，写联系方式的 id", "[bda-it]"),
        "tags": Note("用户可能用来找它的词", "[数据券, 买数据]"),
        "asked_as": Note("企业主问它时的家常说法，原文里没有；只用来搜索，不会显示", "[买素材, 返点]"),
        "evidence": Note("带着数字的原文短语，一字不差；每个金额、比例、门槛都要能在这里找到", '["最高不超过100万元"]'),
        "other_figures": Note(
            "这一条原文里不是给企业的数字，写原文短语和它是什么", "{每年发放1亿元: 数据券的总规模，不是一家的上限}"
        ),
        "reminder": Note("条件都满足之后还要做什么", "要已经完成首次入表才能申领"),
    },
    SumShape: _SUM,
    TierShape: {**_SUM, "when": Note("什么情况下算这一档，写法同 conditions", '[{insurance_premium: "> 10万"}]')},
    TiersShape: {"tiers": Note("分档：每一档写 when 和金额；同时满足几档的，给高的一档")},
    NoFigureShape: {"none": Note("原文没有写金额，给的是什么", "产业专项创新服务券，条文没有写金额")},
    TermsFile: {"terms": Note("行业里的说法，用大白话解释")},
    TermShape: {
        "name": Note("这个词", "数据资产入表"),
        "meaning": Note("用大白话说是什么；文件里给多少钱不写在这里", "把数据资源按会计规则记进资产负债表。"),
        "synonyms": Note("别的说法", "[入表, 数据入表]"),
    },
    PlacesFile: {
        "regions": Note("每个区下面的地名；街道、镇可以不写后面的“街道”“镇”"),
        "spanning": Note("几个区都有的地名，会请用户选"),
        "vague": Note("说了等于没说哪个区的词", "[北京, 市里]"),
        "outside": Note("北京以外的省市", "[天津, 上海]"),
    },
    SpanningShape: {
        "words": Note("地名", "[台湖, 台湖镇]"),
        "regions": Note("可能是哪几个区", "[通州区, 经开区]"),
    },
}
