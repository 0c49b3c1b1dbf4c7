"""The study's store: engine and migrations, the audit trail that is also the change feed, and memos.

Every change is one *act*: one transaction that ends with one audit row. `Store.act` is the only way to write.
"""

from workbench.store.audit import Verdict
from workbench.store.engine import Act, Change, Store
from workbench.store.identity import new_id, now, written

__all__ = ["Act", "Change", "Store", "Verdict", "new_id", "now", "written"]
