"""What customers searched for and did not find."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "catalog_miss",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("wishes", JSON, nullable=False),
        sa.Column("missed", JSON, nullable=False),
        sa.Column("near", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("example", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_miss"),
    )
    op.create_index("ix_catalog_miss_last_at", "catalog_miss", ["last_at"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_catalog_miss_last_at", "catalog_miss")
    op.drop_table("catalog_miss")
