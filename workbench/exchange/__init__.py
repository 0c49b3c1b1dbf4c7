"""Networks, maps and courses out of other programs' files."""

from workbench.exchange.courses import read_course_log
from workbench.exchange.maps import IncomingActor, IncomingMap, read_maps
from workbench.exchange.networks import is_course_log, read_network

__all__ = ["IncomingActor", "IncomingMap", "is_course_log", "read_course_log", "read_maps", "read_network"]
