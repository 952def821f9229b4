"""Products, variants, reviews, words and the shop's facts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
# SQLite has no decimals: money is a count of cents there.
MONEY = sa.Numeric(12, 2).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Make the catalog's tables."""
    op.create_table(
        "catalog_product",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("category", sa.String(80), nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.Column("descriptions", JSON, nullable=False),
        sa.Column("care", JSON),
        sa.Column("attributes", JSON, nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("images", JSON, nullable=False),
        sa.Column("rating_total", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_product"),
    )
    op.create_index("ix_catalog_product_category", "catalog_product", ["category"])
    op.create_index("ix_catalog_product_version", "catalog_product", ["version"])
    _variants_and_reviews()
    op.create_table(
        "catalog_term",
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_catalog_term"),
    )
    op.create_table(
        "catalog_shop",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_shop"),
    )
    op.create_table(
        "catalog_version",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_version"),
    )


def _variants_and_reviews() -> None:
    op.create_table(
        "catalog_variant",
        sa.Column("product_id", sa.String(80), nullable=False),
        sa.Column("sku", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("colour", sa.String(80)),
        sa.Column("size", sa.String(40)),
        sa.Column("image", sa.Text()),
        sa.Column("price", MONEY, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("price_at", sa.BigInteger(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("stock_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", "sku", name="pk_catalog_variant"),
        sa.CheckConstraint("price >= 0", name="ck_catalog_variant_price_not_negative"),
        sa.CheckConstraint("stock >= 0", name="ck_catalog_variant_stock_not_negative"),
    )
    op.create_table(
        "catalog_review",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("product_id", sa.String(80), nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("titles", JSON, nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_review"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="ck_catalog_review_rating_in_stars"),
    )
    op.create_index("ix_catalog_review_newest", "catalog_review", ["product_id", "status", "at"])


def downgrade() -> None:
    """Drop the catalog's tables."""
    for name in ("version", "shop", "term", "review", "variant", "product"):
        op.drop_table(f"catalog_{name}")
