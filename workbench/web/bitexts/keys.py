"""The commands of the editor and their keys, in two presets: one table for the page, its sheet of keys and the help."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _


@dataclass(frozen=True)
class Command:
    """A command of the editor: its name in the scripts, what it does, and its key in each preset.

    `own` is the workbench's key, `other` the one that memoQ and Phrase have for it, or the own where they have none.
    """

    name: str
    label: str
    own: str
    other: str = ""

    def key(self, preset: str) -> str:
        """The key in a preset, "own" or "other"."""
        return (preset == "other" and self.other) or self.own


@dataclass(frozen=True)
class Group:
    """Commands that the sheet of keys shows together."""

    title: str
    commands: tuple[Command, ...]


GROUPS = (
    Group(
        _("Confirm"),
        (
            Command("confirm", _("Confirm the unit and go to the next open one"), "Ctrl+Enter"),
            Command("confirm-here", _("Confirm the unit and stay in it"), "Alt+Enter"),
            Command("confirm-empty", _("Confirm an empty unit: it is intentionally left empty"), "Ctrl+Shift+Enter"),
            Command("withdraw", _("Unconfirm the unit: it is a draft again, and no longer in the memory"), "Alt+U"),
        ),
    ),
    Group(
        _("Move"),
        (
            Command("next", _("Go to the next unit"), "Alt+ArrowDown", "Ctrl+ArrowDown"),
            Command("previous", _("Go to the previous unit"), "Alt+ArrowUp", "Ctrl+ArrowUp"),
            Command("next-open", _("Go to the next open unit"), "Alt+O"),
            Command("first-open", _("Go to the first open unit"), "Alt+Shift+O"),
            Command("next-finding", _("Go to the next unit with a finding"), "Alt+J"),
            Command("next-comment", _("Go to the next unit with an open comment"), "Alt+Shift+M"),
            Command("go-to", _("Go to a unit by its number"), "Alt+G", "Ctrl+G"),
        ),
    ),
    Group(
        _("Insert"),
        (
            Command("copy-source", _("Copy the source in the place of the target"), "Alt+S", "Ctrl+Shift+S"),
            Command("copy-constants", _("Insert the source's numbers and Latin names at the caret"), "Alt+N"),
            Command("add-term", _("Add a term of what is selected in the source and in the target"), "Alt+T", "Ctrl+E"),
            Command("clear", _("Clear the target"), "Alt+Delete"),
        ),
    ),
    Group(
        _("Text"),
        (
            Command("edit-source", _("Put the source right"), "Alt+E", "F2"),
            Command("case", _("Change the case of what is selected, or of the word"), "Alt+C", "Shift+F3"),
            Command("characters", _("Insert a special character"), "Alt+I"),
            Command("spaces", _("Show white space"), "Alt+W"),
            Command("rearrange", _("Split or merge units"), "Alt+L"),
        ),
    ),
    Group(
        _("Beside the unit"),
        (
            Command("suggestions", _("Show suggestions and terms"), "Alt+A"),
            Command("findings", _("Show the findings of the unit"), "Alt+Q"),
            Command("comments", _("Comment on the unit"), "Alt+M", "Ctrl+M"),
            Command("history", _("Show the history of the unit"), "Alt+Y"),
            Command("concordance", _("Search the memory for the selected text"), "Alt+K", "Ctrl+K"),
        ),
    ),
    Group(
        _("The whole bitext"),
        (
            Command("filter", _("Filter the units"), "Alt+F", "Ctrl+Shift+F"),
            Command("replace", _("Find and replace"), "Alt+R", "Ctrl+H"),
            Command("undo", _("Undo the last step, whoever took it"), "Alt+Z"),
            Command("redo", _("Redo what was undone"), "Alt+Shift+Z"),
            Command("keys", _("Show all keys"), "Alt+H"),
        ),
    ),
)

COMMANDS = {command.name: command for group in GROUPS for command in group.commands}
# The ones that the bar at the foot of the editor prints, in few words.
BAR = {
    "confirm": _("confirm, next"),
    "confirm-here": _("confirm, stay"),
    "next": _("next unit"),
    "copy-source": _("copy source"),
    "copy-constants": _("numbers, names"),
    "concordance": _("search memory"),
    "filter": _("filter"),
    "go-to": _("go to"),
    "undo": _("undo"),
    "keys": _("all keys"),
}


def presets() -> dict[str, dict[str, str]]:
    """Returns for each preset the names of the commands by their keys, as the scripts of the editor need them."""
    return {preset: {command.key(preset): name for name, command in COMMANDS.items()} for preset in ("own", "other")}
