"""How the documents are built: Sphinx with Markdown."""

project = "Medforsk"
extensions = ["myst_parser"]
html_theme = "furo"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
# A page of documents asks no other machine for anything either.
html_theme_options = {"footer_icons": []}
