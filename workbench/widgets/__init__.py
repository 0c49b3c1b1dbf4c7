"""The browser side: one widget is one .py, one .js (a plain ES module) and the product's style sheet."""
