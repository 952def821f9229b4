"""Proving an adapter and playing its platform: fixtures, conformance checks, stand-ins, talks.

Needs no test framework, so that the `dialogo` command can use it too.
"""

from channels.testing.calls import Call, Fault, Habits, Json, Reply
from channels.testing.conformance import CHECKS
from channels.testing.fixtures import (
    adapter,
    cases,
    post_fixture,
    read_inbound,
    replay_inbound,
    replay_outbound,
    request,
)
from channels.testing.listener import HttpxApi, Listener
from channels.testing.scaffold import new_channel
from channels.testing.server import serve
from channels.testing.shown import Shown, Tap, rendered
from channels.testing.simulator import Guest, Poster, Simulator
from channels.testing.stage import Stage
from channels.testing.talk import Customer, Talk, TalkError, stand_in

__all__ = [
    "CHECKS",
    "Call",
    "Customer",
    "Fault",
    "Guest",
    "Habits",
    "HttpxApi",
    "Json",
    "Listener",
    "Poster",
    "Reply",
    "Shown",
    "Simulator",
    "Stage",
    "Talk",
    "TalkError",
    "Tap",
    "adapter",
    "cases",
    "new_channel",
    "post_fixture",
    "read_inbound",
    "rendered",
    "replay_inbound",
    "replay_outbound",
    "request",
    "serve",
    "stand_in",
]
