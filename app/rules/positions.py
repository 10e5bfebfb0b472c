"""The positions that a unit can take on a matter (A3.3, A4.3)."""

POSITIONS: dict[str, tuple[str, str]] = {
    "agree": ("同意", "Agree"),
    "agree_with_amendments": ("修改后同意", "Agree with amendments"),
    "disagree": ("不同意", "Disagree"),
    "not_our_remit": ("不属职责范围", "Not our remit"),
    "no_remark": ("无意见", "No remark"),
}
