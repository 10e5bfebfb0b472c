"""What a draft of a directive can leave open, and how it is asked (C19). `{about}` are the words that left it open."""

QUESTION_KINDS: dict[str, tuple[str, str]] = {
    "result": ("没有可以检查的成果", "No result that can be checked"),
    "date": ("没有时限", "No date"),
    "past_date": ("时限已过", "A past date"),
    "units": ("单位不明确", "Units not named"),
}
_SENTENCES: dict[str, tuple[str, str]] = {
    "result": ("“{about}”没有说明可以检查的成果,请写明。", "“{about}” names no result that can be checked; write one."),
    "date": ("从“{about}”看不出完成时限,请填写。", "“{about}” gives no due date; set one."),
    "past_date": (
        "完成时限{about}已过,请确认或者改定。",
        "The due date {about} lies in the past; confirm it or set another.",
    ),
    "units": (
        "“{about}”没有指明单位,请选定;不需要的,确认不选。",
        "“{about}” names no unit; choose them, or confirm that there is none.",
    ),
}


def sentence(kind: str, about: str, language: str = "zh") -> str:
    """The question as a person reads it."""
    zh, en = _SENTENCES[kind]
    said = about or ("(空白)" if language == "zh" else "(blank)")
    return (zh if language == "zh" else en).format(about=said)
