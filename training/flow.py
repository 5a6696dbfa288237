"""The running text of a document on pages: a cursor that moves down, and the blocks that are set at it."""

from __future__ import annotations

from dataclasses import dataclass, field

from training.render import Page, Style, wrap


@dataclass
class Flow:
    """Pages being filled from top to bottom; ``y`` is where the next line goes."""

    style: Style
    margin_mm: float = 20.0
    left_mm: float = 30.0
    numbered: bool = True
    pages: list[Page] = field(default_factory=list)

    def new_page(self, landscape: bool | None = None) -> None:
        """Turn the page; its number stands at the head from the second page on (Nghị định 30/2020, Phụ lục I)."""
        wide = self.pages[-1].landscape if landscape is None and self.pages else bool(landscape)
        page = Page(self.style, wide)
        self.pages.append(page)
        margin = self.style.px(self.margin_mm)
        self.left = margin if wide else self.style.px(self.left_mm)
        self.width = page.width - self.left - (margin if wide else self.style.px(15))
        self.y, self.bottom = margin, page.height - margin
        if self.numbered and len(self.pages) > 1:
            page.put([str(len(self.pages))], self.style.font(), 0, margin * 0.45, page.width, "centre")

    @property
    def page(self) -> Page:
        """The page at the cursor."""
        return self.pages[-1]

    def space(self, lines: float = 0.5) -> None:
        """Leave room."""
        self.y += lines * self.style.line

    def paragraph(
        self, text: str, align: str = "justify", bold: bool = False, italic: bool = False, indent_mm: float = 10.0
    ) -> None:
        """Set a paragraph, turning pages as needed; its first line is indented unless it is centred."""
        font = self.style.font(bold=bold, italic=italic)
        indent = self.style.px(indent_mm) if align != "centre" else 0.0
        lines = wrap(text, font, self.width * (0.92 if align == "centre" else 1), indent)
        for i, words in enumerate(lines):
            if self.y + self.style.line > self.bottom:
                self.new_page()
            shift = indent if i == 0 else 0.0
            how = "left" if align == "justify" and i == len(lines) - 1 else align
            self.page.put(words, font, self.left + shift, self.y, self.width - shift, how)
            self.y += self.style.line
        self.y += self.style.line * 0.25

    def columns(self, left: list[Setting], right: list[Setting], share: float = 0.42, gap: float = 0.0) -> None:
        """Set two columns side by side, as at the head and at the close of a document."""
        height = max(self._height(left, share), self._height(right, 1 - share)) * self.style.line
        if self.y + height > self.bottom:
            self.new_page()
        top, split = self.y, self.width * share
        ends = []
        for settings, x, width in ((left, self.left, split), (right, self.left + split, self.width - split)):
            y = top
            for setting in settings:
                font = self.style.font(setting.bold, setting.italic, setting.scale)
                for words in wrap(setting.text, font, width - self.style.px(2)):
                    self.page.put(words, font, x, y, width, setting.align)
                    y += self.style.line * (0.4 + 0.6 * setting.scale)
                if setting.rule_share:
                    inset = width * (1 - setting.rule_share) / 2
                    self.page.rule(x + inset, y + 2, x + width - inset, y + 2)
                y += self.style.line * setting.after
            ends.append(y)
        self.y = max(ends) + gap * self.style.line

    def _height(self, settings: list[Setting], share: float) -> float:
        width = self.width * share - self.style.px(2)
        return sum(len(wrap(s.text, self.style.font(s.bold, s.italic, s.scale), width)) + s.after for s in settings)


@dataclass(frozen=True)
class Setting:
    """One block of a column and how it is set; ``rule_share`` draws the short line under it."""

    text: str
    bold: bool = False
    italic: bool = False
    align: str = "centre"
    scale: float = 1.0
    after: float = 0.0
    rule_share: float = 0.0
