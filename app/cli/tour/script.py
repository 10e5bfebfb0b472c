"""The whole tour, in its order."""

from app.cli.tour.cast import ARRIVAL, STORY
from app.cli.tour.script_meeting import CONSENT, SESSION
from app.cli.tour.script_motion import CHAIN, OPINIONS
from app.cli.tour.script_outcome import CARRYING_OUT, CIRCUIT, PUBLIC
from app.cli.tour.steps import Moment, Step

CHAPTERS: tuple[tuple[str, tuple[Step, ...]], ...] = (
    ("签到 Everybody signs in", (CHAIN[0], *ARRIVAL)),
    ("议题 The motion", CHAIN[1:]),
    ("初审 The units' opinions", OPINIONS),
    ("会议报批 The leader's consent to a meeting", CONSENT),
    ("会议 The meeting", SESSION),
    ("文件 The document", CIRCUIT),
    ("督办 The directive", CARRYING_OUT),
    ("公开和办结 The public, and closing", (*PUBLIC, *STORY)),
)
OPENING = next(step.at for step in CHAIN if isinstance(step, Moment))
SCRIPT: tuple[Step, ...] = tuple(step for _, steps in CHAPTERS for step in steps)
