"""From the study to an edition: consent, frozen tables, reports that read only those, the gate, manifest, one rename.

`edition` is what a reader's notebook imports; it needs nothing of the study.
"""
