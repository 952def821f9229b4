"""Handoffs and the logins of agents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
OPEN = sa.text("state <> 'closed'")


def upgrade() -> None:
    """Make the desk's tables."""
    op.create_table(
        "desk_handoff",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("account", sa.String(80), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("queue", sa.String(60), nullable=False),
        sa.Column("evidence", JSON, nullable=False),
        sa.Column("brief", JSON, nullable=False),
        sa.Column("agent", sa.String(80)),
        sa.Column("wait_seconds", sa.Float(), nullable=False),
        sa.Column("contact", sa.String(200)),
        sa.Column("outcome", sa.String(20)),
        sa.Column("note", sa.Text()),
        sa.Column("amount", sa.String(24)),
        sa.Column("currency", sa.String(3)),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger()),
        sa.Column("replied_at", sa.BigInteger()),
        sa.Column("closed_at", sa.BigInteger()),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_handoff"),
    )
    op.create_index(
        "uq_desk_handoff_open",
        "desk_handoff",
        ["conversation_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_desk_handoff_queue", "desk_handoff", ["state", "created_at"])
    op.create_index(
        "ix_desk_handoff_conversation", "desk_handoff", ["conversation_id", "created_at"]
    )
    op.create_index("ix_desk_handoff_updated", "desk_handoff", ["updated_at"])
    op.create_table(
        "desk_login",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("agent", sa.String(80), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_login"),
    )


def downgrade() -> None:
    """Drop the desk's tables."""
    op.drop_table("desk_login")
    op.drop_table("desk_handoff")
