"""Random orders of everything that can happen to a handoff, against a model of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import Connection, create_engine, func, select

from bot import conversations, desk
from bot.conversations import Conversation, Message
from bot.db import Table
from bot.errors import ConflictError
from bot.lanes import TaskRow, TimerRow
from channels.kit import Capabilities
from tests.desk.talks import a_conversation, call, hear

AGENTS = st.sampled_from(["Anna", "Bruno", "Carla"])
WHICH = st.integers(min_value=0, max_value=20)
CHAT = Capabilities(max_text=4096, window_hours=24)


@dataclass
class Model:
    """What a conversation should be like."""

    owner: str = "bot"
    agent: str | None = None
    epoch: int = 0
    handoff: str | None = None
    state: str = "closed"
    returned: int = 0
    replies: int = 0


class Desk(RuleBasedStateMachine):
    """Three agents, two customers, one database."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = create_engine("sqlite://")
        Table.metadata.create_all(self.engine)
        self.models: dict[str, Model] = {}
        self.closed: list[str] = []
        for number in range(2):
            id_ = self.write(lambda conn, number=number: a_conversation(conn, f"39{number}"))
            self.write(lambda conn, id_=id_: hear(conn, id_, f"k{id_}", "ciao"))
            self.models[id_] = Model()

    def teardown(self) -> None:
        self.engine.dispose()

    def write(self, change: Callable[..., Any]) -> Any:
        with self.engine.begin() as conn:
            return change(conn)

    def allowed(self, change: Callable[[Connection], Any]) -> bool:
        try:
            self.write(change)
        except ConflictError:
            return False
        return True

    def pick(self, which: int) -> tuple[str, Model]:
        return list(self.models.items())[which % len(self.models)]

    @rule(which=WHICH)
    def a_person_is_called(self, which: int) -> None:
        id_, model = self.pick(which)
        found = self.write(lambda conn: call(conn, id_))
        if model.state == "closed":
            assert found not in self.closed
            model.handoff = found
            model.state = "claimed" if model.owner == "human" else "waiting"
            if model.owner != "human":
                model.owner, model.epoch = "queued", model.epoch + 1
        else:
            assert found == model.handoff
            if model.state == "waiting" and model.owner == "bot":
                model.owner, model.epoch = "queued", model.epoch + 1

    @rule(which=WHICH)
    def nobody_comes(self, which: int) -> None:
        id_, model = self.pick(which)
        if model.owner == "queued":
            self.write(lambda conn: conversations.change_owner(conn, id_, "bot"))
            model.owner, model.epoch = "bot", model.epoch + 1

    @rule(which=WHICH, agent=AGENTS, over=st.booleans())
    def an_agent_claims(self, which: int, agent: str, over: bool) -> None:
        _, model = self.pick(which)
        if model.handoff is None:
            return
        handoff = model.handoff
        done = self.allowed(lambda conn: desk.claim(conn, handoff, agent, take_over=over))
        held = model.state == "claimed" and model.agent == agent
        assert done == (model.state == "waiting" or (model.state == "claimed" and (over or held)))
        if done and not held:
            model.owner, model.agent, model.state = "human", agent, "claimed"
            model.epoch += 1

    @rule(which=WHICH, agent=st.none() | AGENTS)
    def it_is_released(self, which: int, agent: str | None) -> None:
        _, model = self.pick(which)
        if model.handoff is None:
            return
        handoff = model.handoff
        done = self.allowed(lambda conn: desk.release(conn, handoff, agent=agent))
        assert done == (model.state == "claimed" and agent in (None, model.agent))
        if done:
            model.owner, model.agent, model.state = "queued", None, "waiting"
            model.epoch += 1

    @rule(which=WHICH, agent=st.none() | AGENTS, result=st.sampled_from(["won", "lost"]))
    def it_is_closed(self, which: int, agent: str | None, result: Any) -> None:
        _, model = self.pick(which)
        if model.handoff is None:
            return
        handoff = model.handoff
        outcome = desk.Outcome(result)
        done = self.allowed(lambda conn: desk.close(conn, handoff, outcome, agent=agent))
        mine = model.state == "waiting" or agent in (None, model.agent)
        assert done == (model.state != "closed" and mine)
        if done:
            if model.owner != "bot":
                model.returned += 1
                model.epoch += 1
            model.owner, model.agent, model.state = "bot", None, "closed"
            self.closed.append(handoff)

    @rule(which=WHICH, agent=AGENTS)
    def an_agent_replies(self, which: int, agent: str) -> None:
        id_, model = self.pick(which)
        done = self.allowed(
            lambda conn: desk.reply(conn, id_, agent=agent, text="ciao", capabilities=CHAT)
        )
        assert done == (model.owner == "human" and model.agent == agent)
        model.replies += done

    @invariant()
    def the_database_says_what_the_model_says(self) -> None:
        with self.engine.connect() as conn:
            for id_, model in self.models.items():
                row = conn.execute(
                    select(Conversation.owner, Conversation.agent, Conversation.epoch).where(
                        Conversation.id == id_
                    )
                ).one()
                assert tuple(row) == (model.owner, model.agent, model.epoch)
                self._check_handoff(conn, id_, model)

    def _check_handoff(self, conn: Connection, id_: str, model: Model) -> None:
        states = conn.execute(
            select(desk.Handoff.id, desk.Handoff.state).where(desk.Handoff.conversation_id == id_)
        ).all()
        still_open = [tuple(row) for row in states if row.state != "closed"]
        wanted = [] if model.state == "closed" else [(model.handoff, model.state)]
        assert still_open == wanted

    @invariant()
    def a_timer_runs_only_while_somebody_waits(self) -> None:
        with self.engine.connect() as conn:
            timers = set(conn.scalars(select(TimerRow.key)))
        waiting = {f"unclaimed:{m.handoff}" for m in self.models.values() if m.state == "waiting"}
        assert timers <= waiting

    @invariant()
    def every_return_and_reply_is_counted_once(self) -> None:
        with self.engine.connect() as conn:
            returned = conn.scalar(
                select(func.count()).select_from(TaskRow).where(TaskRow.kind == "returned")
            )
            replies = conn.scalar(
                select(func.count()).select_from(Message).where(Message.author == "agent")
            )
        assert returned == sum(model.returned for model in self.models.values())
        assert replies == sum(model.replies for model in self.models.values())


TestDesk = Desk.TestCase
TestDesk.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
