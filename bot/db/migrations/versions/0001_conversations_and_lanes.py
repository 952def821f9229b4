"""Conversations, lanes with their tasks, timers and limits, pushes and receipts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _conversations()
    _messages()
    _lanes()
    _tasks()
    _work()
    _outbox()


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "receipt",
        "push",
        "bucket",
        "worker",
        "timer",
        "task",
        "lane",
        "conversation_message",
        "conversation_identity",
        "conversation",
    ):
        op.drop_table(table)


def _conversations() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("account", sa.String(80), nullable=False),
        sa.Column("recipient", JSON, nullable=False),
        sa.Column("name", sa.String(200)),
        sa.Column("language", sa.String(5)),
        sa.Column("owner", sa.String(10), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("agent", sa.String(80)),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.String(32)),
        sa.Column("attribution", JSON),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("open_choices", JSON, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("outcome", JSON),
        sa.Column("preferences", JSON),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_in_at", sa.BigInteger()),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
    )
    op.create_index("ix_conversation_list", "conversation", ["channel", "last_at"])
    op.create_table(
        "conversation_identity",
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("account", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint(
            "channel", "account", "kind", "value", name="pk_conversation_identity"
        ),
    )
    op.create_index(
        "ix_conversation_identity_conversation_id", "conversation_identity", ["conversation_id"]
    )


def _messages() -> None:
    op.create_table(
        "conversation_message",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("account", sa.String(80), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("author", sa.String(10), nullable=False),
        sa.Column("agent", sa.String(80)),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("platform_id", sa.String(300)),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("flags", JSON),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("status_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_conversation_message"),
        sa.UniqueConstraint("key", name="uq_conversation_message_key"),
        sa.UniqueConstraint(
            "channel",
            "account",
            "platform_id",
            name="uq_conversation_message_channel_account_platform_id",
        ),
    )
    op.create_index(
        "ix_conversation_message_log", "conversation_message", ["conversation_id", "id"]
    )


def _lanes() -> None:
    op.create_table(
        "lane",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("side", sa.String(3), nullable=False),
        sa.Column("account", sa.String(130), nullable=False),
        sa.Column("next_seq", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", sa.BigInteger()),
        sa.Column("owner", sa.String(80)),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lane"),
    )
    _partial_index(
        "ix_lane_ready", "lane", ["side", "ready_at"], "owner IS NULL AND ready_at IS NOT NULL"
    )
    _partial_index("ix_lane_owner", "lane", ["owner"], "owner IS NOT NULL")


def _tasks() -> None:
    op.create_table(
        "task",
        sa.Column("lane", sa.String(200), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(250), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("state", sa.String(1), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("maybe_sent", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("lane", "seq", name="pk_task"),
        sa.UniqueConstraint("key", name="uq_task_key"),
    )
    _partial_index("ix_task_queued", "task", ["lane", "seq"], "state = 'q'")
    _partial_index("ix_task_done", "task", ["done_at"], "state = 'd'")
    _partial_index("ix_task_dead", "task", ["done_at"], "state = 'x'")


def _work() -> None:
    op.create_table(
        "timer",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("lane", sa.String(200), nullable=False),
        sa.Column("account", sa.String(130), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_timer"),
    )
    op.create_index("ix_timer_due_at", "timer", ["due_at"])
    op.create_table(
        "worker",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("beat", sa.BigInteger(), nullable=False),
        sa.Column("lease", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_worker"),
    )
    op.create_table(
        "bucket",
        sa.Column("account", sa.String(130), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("refilled_at", sa.BigInteger(), nullable=False),
        sa.Column("paused_until", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("account", name="pk_bucket"),
    )


def _outbox() -> None:
    op.create_table(
        "push",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("recipient", sa.String(200), nullable=False),
        sa.Column("key", sa.String(250), nullable=False),
        sa.Column("payload", JSON, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_push"),
        sa.UniqueConstraint("key", name="uq_push_key"),
    )
    op.create_index("ix_push_recipient", "push", ["channel", "recipient", "id"])
    op.create_table(
        "receipt",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("account", sa.String(80), nullable=False),
        sa.Column("platform_id", sa.String(300)),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("watermark", sa.BigInteger()),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
    )
    op.create_index("ix_receipt_message", "receipt", ["channel", "account", "platform_id"])
    op.create_index("ix_receipt_conversation", "receipt", ["conversation_id"])
    op.create_index("ix_receipt_created_at", "receipt", ["created_at"])


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
