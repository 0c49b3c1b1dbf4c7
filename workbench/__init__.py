"""Medforsk: a reflective logbook and qualitative co-research workbench."""


def __getattr__(name: str) -> str:
    """Tell the version when it is asked for: looking it up takes a tenth of the command's start."""
    if name == "__version__":
        from importlib.metadata import version

        return version("workbench")
    raise AttributeError(name)
