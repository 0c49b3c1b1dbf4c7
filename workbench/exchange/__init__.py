"""Networks, maps and courses out of other programs' files, and into files for them."""

from workbench.exchange.courses import read_course_log
from workbench.exchange.gatherings import IncomingNote, read_gatherings
from workbench.exchange.maps import IncomingActor, IncomingMap, read_maps
from workbench.exchange.networks import is_course_log, read_network
from workbench.exchange.outgoing import write_course_log, write_network

__all__ = [
    "IncomingActor",
    "IncomingMap",
    "IncomingNote",
    "is_course_log",
    "read_course_log",
    "read_gatherings",
    "read_maps",
    "read_network",
    "write_course_log",
    "write_network",
]
