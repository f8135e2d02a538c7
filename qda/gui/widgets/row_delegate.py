"""Rows of lists and trees: name, muted detail, count, key cap, thin share bar."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qda.gui import fonts, icons
from qda.gui.colors import code_color
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.gui.widgets.paint import (
    ALIGN_LEFT,
    ALIGN_RIGHT,
    color_square,
    fill_rounded,
    focus_ring,
    key_cap,
    share_bar,
)

ROW_HEIGHT = 28
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paint a row from the roles in `qda.gui.widgets.roles`.

    Codes below others (with `pale_children`) have smaller, paler squares and muted names.
    """

    paints_focus = True

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, pale_children: bool = False
    ) -> None:
        """Paint with `theme`."""
        super().__init__(parent)
        self._theme = theme
        self._pale_children = pale_children

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; headings stand a little apart."""
        height = 36 if index.data(roles.HEADING_ROLE) and index.row() else ROW_HEIGHT
        return QSize(max(0, option.rect.width()), self._theme.px(height))  # pyright: ignore[reportAttributeAccessIssue]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint background, marks at the right, then the name in what room is left."""
        theme = self._theme
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        heading = bool(index.data(roles.HEADING_ROLE))
        painter.save()
        self.paint_background(painter, rect, state)
        if heading:
            # Apart from what is above, where the row has room for that.
            rect = rect.adjusted(0, max(0.0, rect.height() - theme.px(ROW_HEIGHT)), 0, 0)
        left, right = rect.left() + theme.px(8), rect.right() - theme.px(8)
        right = self._paint_right(painter, rect, right, index)
        self._paint_left(painter, rect, left, right, index)
        painter.restore()

    def paint_background(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        """Paint what a selected, hovered or focused row lies on."""
        theme = self._theme
        if state & QStyle.StateFlag.State_Selected:
            fill_rounded(painter, rect, theme.selection, theme.px(4))
        elif state & QStyle.StateFlag.State_MouseOver:
            fill_rounded(painter, rect, theme.hover, theme.px(4))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect, theme, 4)

    def _paint_right(self, painter: QPainter, rect: QRectF, right: float, index: Index) -> float:
        theme = self._theme
        shortcut = index.data(roles.SHORTCUT_ROLE)
        if shortcut:
            right = key_cap(painter, right, rect.center().y(), str(shortcut), theme) - theme.px(8)
        elif self._pale_children and not index.parent().isValid():
            right -= theme.px(25)
        share = index.data(roles.SHARE_ROLE)
        width = theme.px(46)
        if index.data(roles.DONE_ROLE):
            side = theme.px(14)
            top = rect.center().y() - side / 2
            tick = QRectF(right - (width + side) / 2, top, side, side)
            icons.paint(painter, "check", theme.accent, tick)
            right -= width + theme.px(8)
        elif share is not None:
            bar = QRectF(right - width, rect.top(), width, rect.height())
            share_bar(painter, bar, share, theme, index.data(roles.PLACE_ROLE))
            right -= width + theme.px(8)
        count = index.data(roles.COUNT_ROLE)
        if count is not None:
            face = fonts.face(theme.scale, figures=True)
            painter.setFont(face.font)
            painter.setPen(QColor(theme.muted_tinted))
            painter.drawText(rect.adjusted(0, 0, right - rect.right(), 0), ALIGN_RIGHT, str(count))
            right -= face.width_of(str(count)) + theme.px(8)
        return right

    def _paint_left(
        self, painter: QPainter, rect: QRectF, left: float, right: float, index: Index
    ) -> None:
        theme = self._theme
        pale = self._pale_children and index.parent().isValid()
        faint = bool(index.data(roles.FAINT_ROLE))
        color = index.data(roles.COLOR_ROLE)
        if color:
            shown = code_color(str(color), theme)
            if pale or faint:
                painter.setOpacity(0.3 if faint else 0.6)
            side = theme.px(8 if pale else 10)
            color_square(painter, left, rect.center().y(), side, shown)
            painter.setOpacity(1.0)
            left += side + theme.px(8)
        face = fonts.face(theme.scale, bold=bool(index.data(roles.HEADING_ROLE)))
        painter.setFont(face.font)
        painter.setPen(QColor(theme.muted_tinted if pale or faint else theme.ink))
        name = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        shown_name = face.elided(name, right - left)
        painter.drawText(
            QRectF(left, rect.top(), right - left, rect.height()), ALIGN_LEFT, shown_name
        )
        detail = index.data(roles.DETAIL_ROLE)
        if not detail:
            return
        left += face.width_of(shown_name) + theme.px(8)
        if right - left > theme.px(24):
            small = fonts.face(theme.scale, 11)
            painter.setFont(small.font)
            painter.setPen(QColor(theme.muted_tinted))
            place = QRectF(left, rect.top(), right - left, rect.height())
            painter.drawText(place, ALIGN_LEFT, small.elided(str(detail), right - left))
