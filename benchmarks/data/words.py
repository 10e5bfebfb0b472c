"""Chinese text of realistic length, put together from phrases; the same seed gives the same text."""

from random import Random

_SUBJECTS = (
    "市级政务云平台",
    "社区综合服务系统",
    "城市运行管理中心",
    "人口基础信息库",
    "公共信用信息平台",
    "智慧交通诱导系统",
    "雪亮工程二期",
    "居民健康档案系统",
    "不动产登记信息平台",
    "应急指挥调度系统",
    "电子证照库",
    "养老服务信息平台",
)
_VERBS = ("建设方案", "资金安排", "升级改造项目", "数据共享办法", "运行维护经费", "年度计划", "试点工作", "验收报告")
_OPENINGS = (
    "根据市委、市政府的部署",
    "按照领导小组上次会议的要求",
    "经与有关部门研究",
    "结合本单位职责",
    "鉴于原有系统已运行六年",
)
_CLAUSES = (
    "拟由牵头单位统筹实施,各成员单位按照职责分工予以配合",
    "建议进一步明确数据归集的范围、频次和责任主体,避免重复采集",
    "所需资金从年度信息化专项资金中列支,分两年安排",
    "应当优先利用现有的机房、网络和安全设备,不再新建独立机房",
    "请在实施前完成等级保护定级备案,并将测评结果报送办公室",
    "对县区和园区的接入工作,建议先行试点,取得经验后再全面推开",
    "项目完成后由办公室会同财政、审计等部门组织验收,验收结果在全市通报",
    "涉及个人信息的,应当遵守最小必要原则,并建立访问留痕和定期核查制度",
    "目前已完成需求调研和初步设计,正在开展招标文件的编制工作",
    "存在的主要问题是部分单位接口标准不统一,数据质量有待提高",
)
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "建国志强秀英文博海燕思远明德晓东雪梅立新家骏怀瑾永康"
_BUREAUS = (
    "财政",
    "民政",
    "公安",
    "教育",
    "卫生健康",
    "交通运输",
    "住房城乡建设",
    "自然资源",
    "生态环境",
    "农业农村",
    "文化旅游",
    "应急管理",
    "市场监管",
    "统计",
    "医疗保障",
    "退役军人事务",
    "审计",
    "司法",
    "水利",
    "商务",
)
_PLACES = ("市", "东湖区", "铜官区", "义安区", "枞阳县", "郊区", "经开区", "高新区", "狮子山区", "北斗园区")


class Words:
    """Draws texts; long ones come from a pool, so that a hundred thousand of them are made in a second."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._pool = [self._sentences(self.random.randint(1, 3)) for _ in range(997)]

    def _sentences(self, count: int) -> str:
        chosen = self.random.sample(_CLAUSES, count)
        return f"{self.random.choice(_OPENINGS)},{';'.join(chosen)}。"

    def title(self) -> str:
        pick = self.random.choice
        year = self.random.randint(2023, 2027)
        return f"关于{pick(_PLACES)}{pick(_SUBJECTS)}{pick(_VERBS)}({year}年第{self.random.randint(1, 60)}批)的议题"

    def short(self) -> str:
        """An opinion or a report: some 40 to 130 characters."""
        return self._pool[int(self.random.random() * 997)]

    def long(self, paragraphs: int = 6) -> str:
        """The text of a motion or a document: some 500 characters for six paragraphs."""
        start = int(self.random.random() * 997)
        return "\n".join(self._pool[(start + step * 7) % 997] for step in range(paragraphs))

    def name(self) -> str:
        given = self.random.sample(_GIVEN, self.random.randint(1, 2))
        return self.random.choice(_SURNAMES) + "".join(given)


def unit_name(number: int) -> str:
    place, bureau = divmod(number, len(_BUREAUS))
    return f"{_PLACES[place % len(_PLACES)]}{_BUREAUS[bureau]}局"
