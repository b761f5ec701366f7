"""Roles as an administrator gives them and takes them away."""

from workbench.desk import Desk
from workbench.stores.roles import Permission, Role


def give_role(desk: Desk, user: str, role: Role) -> None:
    """Gives a user a role; raises CannotGiveRole as the store does."""
    desk.require(Permission.ROLES)
    desk.roles.put(user, role)


def take_role(desk: Desk, user: str) -> None:
    """Takes a user's role away; raises CannotGiveRole as the store does."""
    desk.require(Permission.ROLES)
    desk.roles.remove(user)
