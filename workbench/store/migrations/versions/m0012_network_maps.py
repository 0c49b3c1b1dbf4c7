"""Network maps: a network, its sectors and actors, and dated maps with places and ties."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "networks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("informant_id", sa.String(length=36), nullable=True),
        sa.Column("directed", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.Boolean(), nullable=False),
        sa.Column("strengths", sa.Boolean(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["informant_id"], ["informants.id"], name=op.f("fk_networks_informant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_networks")),
    )
    op.create_index(op.f("ix_networks_informant_id"), "networks", ["informant_id"])
    op.create_table(
        "network_sectors",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("professional", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_network_sectors_network_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_sectors")),
    )
    op.create_index(op.f("ix_network_sectors_network_id"), "network_sectors", ["network_id"])
    op.create_table(
        "network_actors",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=50), nullable=False),
        sa.Column("in_team", sa.Boolean(), nullable=False),
        sa.Column("coordinates", sa.Boolean(), nullable=False),
        sa.Column("support", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_network_actors_network_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_actors")),
    )
    op.create_index(op.f("ix_network_actors_network_id"), "network_actors", ["network_id"])
    op.create_table(
        "network_maps",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("network_id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["network_id"], ["networks.id"], name=op.f("fk_network_maps_network_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_maps")),
    )
    op.create_index(op.f("ix_network_maps_network_id"), "network_maps", ["network_id"])
    op.create_table(
        "network_places",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("map_id", sa.String(length=36), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=False),
        sa.Column("sector_id", sa.String(length=36), nullable=False),
        sa.Column("distance", sa.Float(), nullable=False),
        sa.Column("bearing", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["map_id"], ["network_maps.id"], name=op.f("fk_network_places_map_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["network_actors.id"], name=op.f("fk_network_places_actor_id")),
        sa.ForeignKeyConstraint(["sector_id"], ["network_sectors.id"], name=op.f("fk_network_places_sector_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_places")),
        sa.UniqueConstraint("map_id", "actor_id", name=op.f("uq_network_places_map_id_actor_id")),
    )
    op.create_index(op.f("ix_network_places_map_id"), "network_places", ["map_id"])
    op.create_table(
        "network_ties",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("map_id", sa.String(length=36), nullable=False),
        sa.Column("one", sa.String(length=36), nullable=False),
        sa.Column("other", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["map_id"], ["network_maps.id"], name=op.f("fk_network_ties_map_id")),
        sa.ForeignKeyConstraint(["one"], ["network_actors.id"], name=op.f("fk_network_ties_one")),
        sa.ForeignKeyConstraint(["other"], ["network_actors.id"], name=op.f("fk_network_ties_other")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_ties")),
    )
    op.create_index(op.f("ix_network_ties_map_id"), "network_ties", ["map_id"])
