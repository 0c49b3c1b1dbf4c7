"""Medforsk: a reflective logbook and qualitative co-research workbench."""

from importlib.metadata import version

__version__ = version("workbench")
