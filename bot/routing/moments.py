"""What happens in a conversation without the customer: a timer fires, a person gives it back."""

from sqlalchemy import Connection

from bot import conversations, desk
from bot.lanes import Finish, Lease, Result
from bot.routing.services import Services
from bot.routing.writing import Writer


class Moments:
    """Answers timers and returns; they are serialised with what the customer says."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._writer = Writer(services)

    async def timer(self, lease: Lease) -> Result:
        """Handle a task of kind "timer"."""
        data = lease.task.data
        if data.get("name") == "unclaimed":
            return await self._nobody_came(lease, data["conversation"], data["handoff"])
        return Finish()

    async def _nobody_came(self, lease: Lease, conversation_id: str, handoff_id: str) -> Result:
        """Tell the customer, take a contact, and let the bot answer meanwhile.

        The call stays in the queue: an agent may still claim it.
        """
        async with self._services.database.sessions() as session:
            conversation = await conversations.get(session, conversation_id)
            handoff = await desk.get(session, handoff_id)
        if handoff.state != "waiting" or conversation.owner != "queued":
            return Finish()
        rendered = self._writer.say(conversation, "text.nobody_came")

        def effect(conn: Connection) -> None:
            owned = conversations.ownership(conn, conversation.id)
            if owned.owner != "queued":
                return
            epoch = conversations.change_owner(conn, conversation.id, "bot")
            choices = [choice.model_dump() for choice in rendered.open_choices]
            conversations.change(conn, conversation.id, open_choices=choices)
            self._writer.store(conn, conversation, rendered, key=lease.task.key, epoch=epoch)

        return Finish(effect)

    async def returned(self, lease: Lease) -> Result:
        """Handle a task of kind "returned": a person closed, the bot answers again."""
        data = lease.task.data
        async with self._services.database.sessions() as session:
            conversation = await conversations.get(session, data["conversation"])
        outcome = data["outcome"]
        self._services.metrics.outcomes.labels(outcome).inc()
        if outcome == "spam" or conversation.owner != "bot":
            return Finish()
        rendered = self._writer.say(conversation, f"text.bot_back_{outcome}")

        def effect(conn: Connection) -> None:
            owned = conversations.ownership(conn, conversation.id)
            if owned.owner == "bot":
                self._writer.store(
                    conn, conversation, rendered, key=lease.task.key, epoch=owned.epoch
                )

        return Finish(effect)
