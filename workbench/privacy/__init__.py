"""The vault, and de-identification: register, recognisers, screening, masks as data over texts."""

from workbench.privacy.recognisers import Finding, find, find_patterns
from workbench.privacy.register import Entry, Register, read_register_csv
from workbench.privacy.screening import (
    Decide,
    Decision,
    Edit,
    Mask,
    Screened,
    Shift,
    accept_certain,
    apply_edits,
    in_raw,
    screen,
    typed,
)
from workbench.privacy.usual_names import possible_names
from workbench.privacy.vault import Vault

__all__ = [
    "Decide",
    "Decision",
    "Edit",
    "Entry",
    "Finding",
    "Mask",
    "Register",
    "Screened",
    "Shift",
    "Vault",
    "accept_certain",
    "apply_edits",
    "find",
    "find_patterns",
    "in_raw",
    "possible_names",
    "read_register_csv",
    "screen",
    "typed",
]
