"""Who plays: people of the demonstration roster, with the telephone number under which they sign in."""

from app.cli.tour.phrases import ask, sign_in
from app.cli.tour.steps import Step
from app.services.demo.load import PASSWORD

CAST: dict[str, tuple[str, str]] = {
    "陆衡": ("组长", "14011110001"),
    "苏明远": ("副组长", "14011110002"),
    "秦立言": ("分管副组长", "14011110003"),
    "温若兰": ("副组长", "14011110004"),
    "顾清和": ("办公室主任", "14011110005"),
    "方宁": ("办公室副主任", "14011110006"),
    "石磊": ("办公室副主任", "14011110007"),
    "姚文静": ("综合部部长", "14011110008"),
    "钱小满": ("综合部", "14011110009"),
    "柳青": ("综合部", "14011110010"),
    "季晨": ("规划项目部", "14011110012"),
    "任杰": ("市委政法委联络员", "14011110018"),
    "卢小雨": ("市经信委联络员", "14011110020"),
    "蒋国栋": ("市财政局负责人", "14011110021"),
    "戴敏": ("市财政局联络员", "14011110022"),
    "龚瑶": ("市民政局联络员", "14011110024"),
    "牛俊峰": ("市公管局联络员", "14011110026"),
    "葛亮": ("市信息办联络员", "14011110028"),
    "雷振宇": ("市发改委负责人", "14011110029"),
    "洪波": ("市卫健委联络员", "14011110036"),
}
# Who receives the document for the units that were called.
RECEIVERS = {
    "市委政法委": "任杰", "市经信委": "卢小雨", "市财政局": "戴敏", "市民政局": "龚瑶", "市公管局": "牛俊峰",
    "市信息办": "葛亮",
}  # fmt: skip
UNITS = ("市信息办", "市财政局", "市发改委")
PEOPLE = ("陆衡", "方宁", "钱小满")


def title(who: str) -> str:
    """A name with what the person is."""
    return f"{who}({CAST[who][0]})" if who else "公众 anybody"


ARRIVAL: tuple[Step, ...] = (
    *(sign_in(who, phone, PASSWORD) for who, (_, phone) in CAST.items()),
    ask(
        "季晨",
        "查名录 looks up the group, units and people",
        "A4.4",
        "query Directory {\n"
        "  groups(first: 1) { nodes { id name } }\n"
        "  units(first: 100) { nodes { id name } }\n"
        "  people(first: 100) { nodes { id name } }\n"
        "}",
        keep={
            "group": "groups.nodes[0].id",
            **{name: f"units.nodes[name={name}].id" for name in UNITS},
            **{name: f"people.nodes[name={name}].id" for name in PEOPLE},
        },
        shows="groups.nodes[0].name",
    ),
)
STORY: tuple[Step, ...] = (
    ask(
        "季晨",
        "全程 reads the whole story in one query",
        "C6",
        "query Story($id: ID!) {\n"
        "  story(motionId: $id) {\n"
        "    motion { title stateLabel }\n"
        "    documents { number }\n"
        "    directives { stateLabel light }\n"
        "    signatures { noun actionLabel line signedAt voidedAt opinion }\n"
        "  }\n"
        "}",
        {"id": "{motion}"},
        answers={"story.motion.stateLabel": "已办结"},
        shows="story.motion.stateLabel",
    ),
)
