"""What makes a result one that can be checked (C19): it says more than that somebody should make an effort."""

_EMPTY_WORDS = (
    "尽快", "尽早", "适时", "及时", "加强", "加快", "强化", "进一步", "切实", "认真", "抓好", "抓紧", "做好", "落实",
    "推进", "推动", "积极", "不断", "持续", "深入", "全力", "有序", "工作", "管理", "完成", "编制", "开展", "力度",
)  # fmt: skip


def is_checkable(text: str) -> bool:
    """Whether something is left once the words of mere effort are taken away: a thing, a number, a state."""
    rest = text
    for word in _EMPTY_WORDS:
        rest = rest.replace(word, "")
    return len([char for char in rest if char.isalnum()]) >= 2
