"""The contract with users: what a plan record holds. Nothing but models and their field docs."""

from planparse.records.base import DocumentType, Evidence, PointedSpan, Severity
from planparse.records.body import Citation, Deadline, OutlineItem
from planparse.records.header import Header, Signature
from planparse.records.plan import Acceptance, Diagnostic, PlanRecord, SourceInfo
from planparse.records.scores import IndicatorRow, IndicatorScore, IndicatorTable
from planparse.records.tasks import Due, Task

__all__ = [
    "Acceptance",
    "Citation",
    "Deadline",
    "Diagnostic",
    "DocumentType",
    "Due",
    "Evidence",
    "Header",
    "IndicatorRow",
    "IndicatorScore",
    "IndicatorTable",
    "OutlineItem",
    "PlanRecord",
    "PointedSpan",
    "Severity",
    "Signature",
    "SourceInfo",
    "Task",
]
