"""Who leads and who supports: bodies named in a cell of responsibilities.

``Văn phòng chủ trì, phối hợp các phòng, đơn vị trực thuộc thực hiện.`` names one body in the lead and others that
support it. A body's name begins with a word of the lexicon (Sở, Phòng, Ban Quản lý …) and runs up to the verb;
commas inside a name stay (Sở Văn hóa, Thể thao và Du lịch), commas before another such word part two bodies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from planparse.lexicon import agencies, body_heads, strip_marks
from planparse.recognise.plain import plain

_LEADS = re.compile(r"\bchu tri\b")
_SUPPORTS = re.compile(r"\bphoi hop\b(?: cung)?(?: (?:voi|cung))?\b")
_LABEL = re.compile(r"\b(?:(?:co quan|don vi|co quan, don vi) )?(chu tri|phoi hop|thuc hien)\s*:")
# Verbs that follow a body: what comes after them is what it does, not who it is.
_DEED = re.compile(
    r"\s(?:chu tri|phoi hop|thuc hien|tham muu|tong hop|xay dung|nghien cuu|tiep nhan|dang tai|tra loi|cung cap|"
    r"ra soat|lap (?!phap)|gui|bao cao|huong dan|theo doi|trien khai|chiu trach nhiem|co trach nhiem|chi dao|"
    r"dam bao|bao dam|cap nhat|thong ke|ban hanh|trinh|de xuat|tuyen truyen|don doc|la |bo tri|ky |phe duyet|"
    r"duoc (?:giao|cu|phan cong)|tham dinh|to chuc (?=\w)|kiem tra (?!cchc|cong vu)|danh gia)"
)
_PLURAL = re.compile(
    r"^(?:tat ca )?(?:cac|nhung|toan the|lanh dao|cong chuc|thu truong|nguoi dung dau|can bo|to|bo phan|chu tich|"
    r"giam doc|don vi|co quan|dang uy|thanh vien)\b"
)
_MANY = re.compile(r"(?:tat ca|toan the|(?:hieu )?truong|thu truong|lanh dao)?\s*\b(?:cac|cong chuc|can bo)\b")
"""How a list under one plural begins: ``các sở, ban, ngành``, ``tất cả công chức, viên chức``."""
_OFFICE = re.compile(r"\bvan phong (?:hdnd|hoi dong nhan dan|doan dbqh|doan dai bieu quoc hoi)\s*$")
"""One office of two bodies: ``Văn phòng HĐND và UBND xã``."""
_ALSO = frozenset(
    {"to", "ubnd", "hdnd", "doan", "hoi", "bo chi huy", "buu dien", "tinh doan", "thanh doan", "ngan hang"}
    | {"tram", "hat", "mat tran"}
)
"""What bodies that carry out tasks begin with besides those that issue documents (data/body_heads.yaml)."""
_SPLIT = re.compile(r"[,;]\s*|\s+(?:và|va)\s+|\n+|\s*\+\s*")


@dataclass
class Responsible:
    """Bodies in the lead and bodies that support, in the order of the text."""

    lead: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)


@lru_cache(maxsize=1)
def _head() -> re.Pattern[str]:
    names = {strip_marks(e.name).lower() for e in body_heads().entries} | _ALSO
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {a.abbreviation: a.name for a in agencies().entries}


@lru_cache(maxsize=8192)
def begins_body(text: str) -> bool:
    """Whether a text begins as the names of bodies do (``Sở``, ``Phòng``, ``UBND``, ``các đơn vị``)."""
    folded = strip_marks(text).lower().lstrip()
    if text.split(" ")[0].strip(".,;") in _abbreviations():
        return True
    return bool(_PLURAL.match(folded)) or bool(_head().match(folded))


def split_bodies(text: str) -> list[str]:
    """Names of bodies in a list; a part that begins no body belongs to the one before it.

    A semicolon or a line end before a capital parts two bodies even if the lexicon does not know how the second
    begins (``Sở Y tế; Bưu điện tỉnh``).
    """
    parts: list[str] = []
    at = starts = 0
    plural, mark = False, ""
    for cut in [*_SPLIT.finditer(text), None]:
        piece = text[at : cut.start() if cut else len(text)]
        if piece.strip():
            own = begins_body(piece) or (mark == ";" and piece.lstrip()[:1].isupper())
            # "các sở, ban, ngành": one list under one plural
            inside_plural = (
                plural and not re.match(r"\s*(?:các|cac|UBND|Ủy|Công an)\b", piece) and piece.lstrip()[:1].islower()
            )
            office_of_two = mark == "va" and bool(parts) and _OFFICE.search(plain(parts[-1])) is not None
            if parts and (not own or inside_plural or office_of_two):
                parts[-1] = text[starts : cut.start() if cut else len(text)]
            else:
                starts = at
                parts.append(piece)
                plural = bool(_MANY.match(strip_marks(piece).lower().lstrip()))
        mark = _mark(cut.group()) if cut else ""
        at = cut.end() if cut else at
    return [" ".join(p.split()).strip(" .,;:-–+") for p in parts if p.strip(" .,;:-–+\n")]


def _mark(cut: str) -> str:
    """What parts two names: ``va``, a semicolon with a space after it or a line end (``;``), or less (nothing)."""
    if "\n" in cut or re.fullmatch(r"\s*;\s+", cut):
        return ";"
    return "va" if plain(cut).strip() == "va" else ""


def _name_of(clause: str) -> str:
    """The clause up to its first verb."""
    folded = strip_marks(clause).lower()
    deed = _DEED.search(folded)
    return clause[: deed.start()] if deed and deed.start() > 2 else clause


def read_responsible(cell: str | None) -> Responsible:
    """Bodies of a cell that mixes the lead and the support."""
    found = Responsible()
    role = "lead"
    for line in re.split(r"\n+|(?<=[^\W\d])\.\s+(?=[A-ZĐÔƯƠ])", cell or ""):
        clause = line.strip(" -–+*•.;")
        if not clause:
            continue
        _read_clause(clause, found, role)
    found.lead = list(dict.fromkeys(found.lead))
    found.support = [b for b in dict.fromkeys(found.support) if b not in found.lead]
    return found


def _read_clause(clause: str, found: Responsible, role: str) -> None:
    folded = strip_marks(clause).lower()
    labels = list(_LABEL.finditer(folded))
    if labels:
        for label, end in zip(labels, [*(m.start() for m in labels[1:]), len(clause)], strict=True):
            names = split_bodies(clause[label.end() : end])
            (found.support if label[1] == "phoi hop" else found.lead).extend(names)
        return
    if ":" in clause and len(clause.split(":")[0].split()) <= 10 and begins_body(clause):
        # "Phòng Nội vụ: theo dõi, tổng hợp": who, then what
        clause = clause.split(":")[0]
        folded = strip_marks(clause).lower()
    supports = _SUPPORTS.search(folded)
    leads = _LEADS.search(folded)
    if supports:
        before, after = clause[: supports.start()], clause[supports.end() :]
        lead_names = split_bodies(_name_of(before)) if before.strip(" ,") else []
        named = _name_of(after)
        support_names = [b for b in split_bodies(named) if begins_body(b)]
        if not support_names and not leads:
            # "Các phòng phối hợp thực hiện": they support, nobody leads
            found.support.extend(lead_names)
            return
        found.lead.extend(lead_names)
        found.support.extend(support_names)
        return
    if begins_body(clause):
        found.lead.extend(split_bodies(_name_of(clause)))
