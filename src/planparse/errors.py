"""What can go wrong, said in one line, with one exit code for each kind.

The table in ``docs/exit-codes.md`` is this enum; a test keeps the two alike.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the ``planparse`` command."""

    OK = 0
    INTERNAL = 1  # a defect of planparse itself
    USAGE = 2  # wrong options; also what typer itself exits with
    NOT_FOUND = 3  # a file that is not there
    NOT_A_FILE = 4  # a directory, a socket, where a file is wanted
    EMPTY = 5  # nothing but white space in it
    BINARY = 6  # not text at all
    UNDECODABLE = 7  # text, but in no encoding that we know
    TOO_LARGE = 8
    NOT_VIETNAMESE = 9
    UNWRITABLE = 10  # the output can't be written
    UNREADABLE = 11  # permission denied and other refusals of the system
    BAD_RECORD = 12  # a record file that is not a record
    FINDINGS = 13  # validate found something at or above --fail-on
    DAMAGED = 14  # a PDF, image or OCR result that is broken, locked or not what it says
    MISSING_TOOL = 15  # a package or program that the input needs is not installed
    SOME_FAILED = 20  # a batch in which some documents gave no record
    NOTHING_TO_DO = 21  # a batch that found no document, or all of them done
    LOCKED = 22  # another batch is at work on the output
    CLUSTER_LOST = 23  # the scheduler of a batch can't be reached, or is gone
    INTERRUPTED = 130


class PlanparseError(Exception):
    """An error that a person can mend: what is wrong, where, and what to do about it.

    ``str(error)`` is one line: ``where: what (remedy)``.
    """

    code: ExitCode = ExitCode.INTERNAL

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what} ({remedy})")
        self.where, self.what, self.remedy = where, what, remedy

    def __reduce__(self) -> tuple[type[PlanparseError], tuple[str, str, str]]:
        # Workers raise errors, too; without this they could not be read where they arrive.
        return type(self), (self.where, self.what, self.remedy)


class MissingFileError(PlanparseError):
    """The input does not exist."""

    code = ExitCode.NOT_FOUND


class NotAFileError(PlanparseError):
    """The input is a folder or a device."""

    code = ExitCode.NOT_A_FILE


class EmptyInputError(PlanparseError):
    """The input holds nothing but white space."""

    code = ExitCode.EMPTY


class BinaryInputError(PlanparseError):
    """The input is not text."""

    code = ExitCode.BINARY


class UndecodableInputError(PlanparseError):
    """The input is text in no encoding that planparse knows."""

    code = ExitCode.UNDECODABLE


class TooLargeInputError(PlanparseError):
    """The input is larger than any plan could be."""

    code = ExitCode.TOO_LARGE


class NotVietnameseError(PlanparseError):
    """The text reads like no Vietnamese, garbled or not."""

    code = ExitCode.NOT_VIETNAMESE


class UnwritableOutputError(PlanparseError):
    """The output could not be written."""

    code = ExitCode.UNWRITABLE


class UnreadableInputError(PlanparseError):
    """The system refuses to let the input be read."""

    code = ExitCode.UNREADABLE


class BadRecordError(PlanparseError):
    """A file that should hold a record does not."""

    code = ExitCode.BAD_RECORD


class DamagedInputError(PlanparseError):
    """A PDF, image or OCR result can't be opened: broken, encrypted, or not what its name says."""

    code = ExitCode.DAMAGED


class MissingToolError(PlanparseError):
    """A package or a program that the input needs is not there; the remedy says how to install it."""

    code = ExitCode.MISSING_TOOL


class UsageError(PlanparseError):
    """Options that do not fit together."""

    code = ExitCode.USAGE


class ClusterLostError(PlanparseError):
    """The scheduler of a cluster can't be reached, or is gone."""

    code = ExitCode.CLUSTER_LOST
