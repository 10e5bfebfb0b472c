"""State secrets may not be kept here (A4.4): a text that carries such a mark is refused before it is stored."""

from app.core.enforces import enforces
from app.core.refusals import Refusal, Refused
from app.core.secrecy import carries_mark


@enforces("A4.4")
def refuse_secrets(*texts: str) -> None:
    """Raise a refusal when one of the texts carries the mark of a state secret; the text itself is not repeated."""
    if any(carries_mark(text) for text in texts):
        raise Refused(
            Refusal(
                "state_secret",
                "内容带有国家秘密标志。本系统不是涉密系统,依法不得存储,请转涉密渠道办理。",
                "The text carries the mark of a state secret. This system is not classified and may not keep it.",
                "A4.4",
                "保密员",
                "the secrecy officer",
            )
        )
