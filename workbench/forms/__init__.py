"""Forms: the tools of manuals, as data. One engine; each form is a file in `templates/forms`, or a study's own."""

from workbench.forms.model import KIND_LABELS, Form, Item
from workbench.forms.reading import read_form, read_forms

__all__ = ["KIND_LABELS", "Form", "Item", "read_form", "read_forms"]
