"""The head and the close of a document, in the terms of Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from planparse.records.base import DocumentType, Model, Text

Authority = Literal["TM", "KT", "TL", "TUQ", "Q"]


class Header(Model):
    """What stands above the body: number and symbol, date, issuer, name and subject."""

    doc_type: DocumentType | None = Field(default=None, description="Type of document (tên loại văn bản).")
    doc_type_code: Text | None = Field(
        default=None, description="Abbreviation of the type (chữ viết tắt tên loại); a công văn has none."
    )
    number: Text | None = Field(default=None, description="Number of the document (số), digits as printed.")
    year: int | None = Field(
        default=None,
        ge=1945,
        le=2100,
        description="Year within the number (năm ban hành), of legal documents.",
    )
    symbol: Text | None = Field(default=None, description="Symbol (ký hiệu), such as KH-UBND.")
    number_symbol: Text | None = Field(
        default=None, description="Number and symbol together (số, ký hiệu), such as 12/2021/TT-BNV."
    )
    date: dt.date | None = Field(default=None, description="Date of issue (thời gian ban hành).")
    place: Text | None = Field(default=None, description="Place of issue (địa danh).")
    issuer: Text | None = Field(default=None, description="Issuing body (tên cơ quan, tổ chức ban hành văn bản).")
    parent_issuer: Text | None = Field(
        default=None, description="Body above the issuer as printed (tên cơ quan chủ quản trực tiếp)."
    )
    subject: Text | None = Field(
        default=None, description="Subject (trích yếu nội dung); of a công văn what follows V/v."
    )
    addressees: list[Text] = Field(default_factory=list, description="Addressees (Kính gửi).")


class Signature(Model):
    """Who signed (quyền hạn, chức vụ, họ và tên của người ký)."""

    authority: Authority | None = Field(
        default=None,
        description="Signing authority: TM thay mặt, KT ký thay, TL thừa lệnh, TUQ thừa ủy quyền, Q quyền.",
    )
    on_behalf_of: Text | None = Field(
        default=None, description="Body or office signed for, after TM., KT., TL. or TUQ. (ký thay ai)."
    )
    position: Text | None = Field(default=None, description="Office of the signer (chức vụ).")
    name: Text | None = Field(default=None, description="Full name of the signer (họ và tên).")
