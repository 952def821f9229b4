"""Calls for a person: brief, queue, claim, reply, give back, outcome. Import from here."""

from bot.desk.brief import (
    Asked,
    Brief,
    BriefMaker,
    BriefProduct,
    Customer,
    Line,
    OrderLine,
    window_end,
)
from bot.desk.buying import Buying
from bot.desk.handoffs import (
    NewHandoff,
    Outcome,
    Result,
    claim,
    close,
    keep_contact,
    open_handoff,
    release,
)
from bot.desk.overview import Entry, entry, overview
from bot.desk.replies import reply
from bot.desk.repository import (
    TOPIC,
    add_login,
    drop_login,
    get,
    handoffs,
    login_agent,
    marks,
    open_of,
    sold,
    usual_wait,
)
from bot.desk.tables import Handoff, Login
from bot.desk.urgency import Priority, priority, turn

__all__ = [
    "TOPIC",
    "Asked",
    "Brief",
    "BriefMaker",
    "BriefProduct",
    "Buying",
    "Customer",
    "Entry",
    "Handoff",
    "Line",
    "Login",
    "NewHandoff",
    "OrderLine",
    "Outcome",
    "Priority",
    "Result",
    "add_login",
    "claim",
    "close",
    "drop_login",
    "entry",
    "get",
    "handoffs",
    "keep_contact",
    "login_agent",
    "marks",
    "open_handoff",
    "open_of",
    "overview",
    "priority",
    "release",
    "reply",
    "sold",
    "turn",
    "usual_wait",
    "window_end",
]
