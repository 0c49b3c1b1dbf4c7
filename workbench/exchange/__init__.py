"""Networks and courses out of other programs' files: edge lists, GraphML, GEXF, event logs."""

from workbench.exchange.courses import read_course_log
from workbench.exchange.networks import is_course_log, read_network

__all__ = ["is_course_log", "read_course_log", "read_network"]
