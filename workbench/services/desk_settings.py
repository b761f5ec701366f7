"""The settings of a desk, as a manager changes them."""

from workbench.desk import Desk
from workbench.stores.desk_settings import DeskSettings
from workbench.stores.roles import Permission


def change_settings(desk: Desk, settings: DeskSettings) -> None:
    """Replaces the settings of the desk."""
    desk.require(Permission.SETTINGS)
    desk.settings.put(settings)
