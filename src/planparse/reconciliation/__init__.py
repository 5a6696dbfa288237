"""Records of a folder against one another: documents that cite each other must agree on number and date, and all
of them on how a body is called.

One document's page may be misread beyond repair, while the documents that cite it were read well. No system that
sees a single document can know; a folder can::

    found = reconcile([("a.json", record_a), ("b.json", record_b)])
    repaired = apply(record_a, [f for f in found if f.name == "a.json"])
"""

from planparse.reconciliation.compare import reconcile
from planparse.reconciliation.finding import Finding, Reading
from planparse.reconciliation.repair import apply

__all__ = ["Finding", "Reading", "apply", "reconcile"]
