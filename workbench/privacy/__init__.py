"""The vault, and de-identification: register, recognisers, screening, masks as data over texts."""

from workbench.privacy.given_names import may_name_somebody
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
    "may_name_somebody",
    "read_register_csv",
    "screen",
    "typed",
]
