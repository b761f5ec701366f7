"""Names under which people work at the desk."""

from workbench.desk import Desk
from workbench.stores.people import person_name


def give_name(desk: Desk, text: str) -> str:
    """Makes a name known to the desk and returns it as it is kept; raises InvalidName where it is none."""
    name = person_name(text)
    desk.people.add(name)
    return name
