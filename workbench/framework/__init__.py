"""The analysis framework as data: two dimensions and a set of themes, read from YAML into small frozen classes."""

from workbench.framework.model import Framework, Member, Theme
from workbench.framework.reading import read_framework, read_yaml

__all__ = ["Framework", "Member", "Theme", "read_framework", "read_yaml"]
