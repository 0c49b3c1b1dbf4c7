"""What each measure of a map is, where it comes from, and what it says in plain words."""

from __future__ import annotations

from typing import NamedTuple

from workbench.locale import N_

__all__ = ["EXPLAINED", "Explained"]


class Explained(NamedTuple):
    """One measure: its key in what is measured, its name, definition, source, how it is read, and the key of how many
    it is counted over."""

    key: str
    name: str
    definition: str
    source: str
    reading: str
    of: str = "nodes"


EXPLAINED = (
    Explained(
        "nodes",
        N_("Persons and services"),
        N_("How many stand on the map and are counted, the person in the middle apart."),
        "easyNWK",
        N_("Who is there besides the one in the middle."),
    ),
    Explained(
        "ties",
        N_("Lines"),
        N_("How many pairs have to do with each other; several lines of a pair count once."),
        "easyNWK",
        N_("How much goes on around the person without the person."),
    ),
    Explained(
        "share_professional",
        N_("Share of professionals"),
        N_("Those in professional sectors, of all who are counted."),
        "easyNWK",
        N_("A high share: much of the network is paid to be there, and may go."),
    ),
    Explained(
        "density",
        N_("Density"),
        N_("Lines that are drawn, of all that could be."),
        "Wasserman & Faust 1994",
        N_("1: everybody has to do with everybody. 0: nobody with anybody."),
    ),
    Explained(
        "density_without_professionals",
        N_("Density without the professionals"),
        N_("The same among those who are not there by profession."),
        "easyNWK",
        N_("Whether the network holds when the helpers have gone."),
        of="private",
    ),
    Explained(
        "components",
        N_("Parts that hang together"),
        N_("Groups within which one can get from each to each along lines."),
        "Wasserman & Faust 1994",
        N_("More than one: some never hear of the others but through the person."),
    ),
    Explained(
        "isolated",
        N_("Without lines"),
        N_("Those who have to do with nobody else on the map."),
        "easyNWK",
        N_("They are the person's alone: a strength, or a burden to carry word to."),
    ),
    Explained(
        "most_lines",
        N_("Most lines"),
        N_("Those with the highest degree, the number of lines."),
        "Freeman 1979",
        N_("Who knows most of the others."),
    ),
    Explained(
        "hubs",
        N_("Highest betweenness"),
        N_("Those who stand most often on the shortest ways between others, as a share of all pairs."),
        "Freeman 1979",
        N_("Who holds the network together, and through whom word must go."),
    ),
    Explained(
        "articulation",
        N_("Hold it together"),
        N_("Those without whom the network falls into more parts."),
        "Harary 1969",
        N_("If they leave, somebody loses contact. Who takes over?"),
    ),
    Explained(
        "least_constrained",
        N_("Least constraint"),
        N_("Those whose contacts have least to do with each other (Burt's constraint, with the effective size)."),
        "Burt 1992",
        N_("They bridge circles that do not meet otherwise."),
    ),
    Explained(
        "across_professions",
        N_("E–I, private and professional"),
        N_("Lines across less lines inside, of all: −1 all inside, 1 all across."),
        "Krackhardt & Stern 1988",
        N_("Near −1 the private and the professional network do not meet."),
        of="ties",
    ),
    Explained(
        "across_levels",
        N_("E–I, across levels"),
        N_("The same between municipality, DPS, hospital and others; only those with a level count."),
        "Krackhardt & Stern 1988",
        N_("Near −1 each level keeps to itself."),
        of="ties_with_levels",
    ),
)
