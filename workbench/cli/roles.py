"""Commands on roles: list, set, remove."""

import click

from workbench.cli.base import as_json, echo_status, open_desk, print_json, print_table
from workbench.services.role_giving import give_role, take_role
from workbench.stores.roles import Role


@click.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List who has which role."""
    found = open_desk().roles.all()
    if as_json:
        print_json(found)
    else:
        print_table(found.items())
    if not found:
        echo_status("nobody has a role: everybody may do everything")


@click.command("set")
@click.argument("name")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def set_(name: str, role: str) -> None:
    """Give the user NAME a ROLE; the first one is the administrator's. Whoever has none is then a translator."""
    give_role(open_desk(), name, Role(role))
    echo_status(f"{name.strip()} is {role}")


@click.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take the role of the user NAME away."""
    take_role(open_desk(), name)
    echo_status(f"{name} has no role")
