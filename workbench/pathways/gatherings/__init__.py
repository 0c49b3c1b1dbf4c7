"""Gatherings of a learning network: the goals, challenges and measures that its teams told, and how they went on."""
