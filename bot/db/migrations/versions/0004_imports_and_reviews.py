"""Where products come from, what imports did, sale prices, and moderated reviews."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
# SQLite has no decimals: money is a count of cents there.
MONEY = sa.Numeric(12, 2).with_variant(sa.BigInteger(), "sqlite")
EMPTY, NOTHING, YES = sa.text("''"), sa.text("0"), sa.text("true")


def upgrade() -> None:
    """Add the columns and the two tables; what was published counts as approved."""
    for table, columns in _columns():
        for column in columns:
            op.add_column(table, column)
    op.create_index("ix_catalog_variant_sale_turns_at", "catalog_variant", ["sale_turns_at"])
    op.create_index("ix_catalog_review_waiting", "catalog_review", ["status", "received_at"])
    op.execute("UPDATE catalog_review SET status = 'approved' WHERE status = 'published'")
    op.create_table(
        "catalog_import",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger()),
        sa.Column("read", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_import"),
    )
    op.create_index("ix_catalog_import_source", "catalog_import", ["source", "started_at"])
    op.create_table(
        "catalog_source",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("options", JSON, nullable=False),
        sa.Column("state", JSON, nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("claimed_until", sa.BigInteger(), nullable=False),
        sa.Column("last_import", sa.String(32)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_catalog_source"),
    )


def downgrade() -> None:
    """Take tables and columns away again."""
    op.drop_table("catalog_source")
    op.drop_table("catalog_import")
    op.execute("UPDATE catalog_review SET status = 'published' WHERE status = 'approved'")
    op.drop_index("ix_catalog_review_waiting", "catalog_review")
    op.drop_index("ix_catalog_variant_sale_turns_at", "catalog_variant")
    for table, columns in _columns():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.drop_column(column.name)


def _columns() -> tuple[tuple[str, tuple[sa.Column[Any], ...]], ...]:
    return (
        (
            "catalog_product",
            (
                sa.Column("source", sa.String(40), nullable=False, server_default=EMPTY),
                sa.Column("seen", sa.BigInteger(), nullable=False, server_default=NOTHING),
                sa.Column("fingerprint", sa.String(32), nullable=False, server_default=EMPTY),
            ),
        ),
        (
            "catalog_variant",
            (
                sa.Column("counted", sa.Boolean(), nullable=False, server_default=YES),
                sa.Column("sale_price", MONEY),
                sa.Column("sale_from", sa.BigInteger()),
                sa.Column("sale_until", sa.BigInteger()),
                sa.Column("sale_turns_at", sa.BigInteger()),
            ),
        ),
        (
            "catalog_review",
            (
                sa.Column("source", sa.String(80), nullable=False, server_default=EMPTY),
                sa.Column("conversation", sa.String(32)),
                sa.Column("received_at", sa.BigInteger(), nullable=False, server_default=NOTHING),
                sa.Column("moderated_by", sa.String(80)),
                sa.Column("moderated_at", sa.BigInteger()),
            ),
        ),
    )
