"""Roles: what each lets a user do with translations, the term base and the packages, and who has which; the store.

As long as nobody has a role, everybody may do everything: most desks have one user. From the first role on, whoever has
none is a translator.
"""

from enum import StrEnum

from sqlite_utils import Database, Migrations

from corpus.text.messages import Message
from workbench.errors import CannotGiveRole, NotAllowed

migrations = Migrations("workbench.roles")


class Role(StrEnum):
    """The role of somebody at the desk."""

    TRANSLATOR = "translator"
    REVISER = "reviser"
    TERMINOLOGIST = "terminologist"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """A permission that roles may have."""

    PROPOSE = "propose"
    COMMENT = "comment"
    APPROVE = "approve"
    EDIT = "edit"
    REVIEW = "review"
    ARRANGE = "arrange"
    BULK = "bulk"
    IMPORT = "import"
    SUBJECTS = "subjects"
    SETTINGS = "settings"
    ENGINES = "engines"
    ROLES = "roles"


# What each role adds to those before it.
_ADDED = {
    Role.TRANSLATOR: {Permission.PROPOSE, Permission.COMMENT},
    Role.REVISER: {Permission.APPROVE, Permission.EDIT},
    Role.TERMINOLOGIST: {
        Permission.REVIEW,
        Permission.ARRANGE,
        Permission.BULK,
        Permission.IMPORT,
        Permission.SUBJECTS,
    },
    Role.MANAGER: {Permission.SETTINGS, Permission.ENGINES},
    Role.ADMINISTRATOR: {Permission.ROLES},
}
_ORDER = list(Role)
ALLOWED: dict[Role, frozenset[Permission]] = {
    role: frozenset().union(*(_ADDED[lower] for lower in _ORDER[: number + 1])) for number, role in enumerate(_ORDER)
}
"""The permissions of each role."""

_ROLE_NAMES = {
    Role.TRANSLATOR: Message("translator"),
    Role.REVISER: Message("reviser"),
    Role.TERMINOLOGIST: Message("terminologist"),
    Role.MANAGER: Message("manager"),
    Role.ADMINISTRATOR: Message("administrator"),
}
_PERMISSION_NAMES = {
    Permission.PROPOSE: Message("propose concepts"),
    Permission.COMMENT: Message("comment"),
    Permission.APPROVE: Message("review translations"),
    Permission.EDIT: Message("edit concepts"),
    Permission.REVIEW: Message("send concepts to review, approve or reject them"),
    Permission.ARRANGE: Message("restore, merge or split concepts"),
    Permission.BULK: Message("change many concepts at once"),
    Permission.IMPORT: Message("import terms"),
    Permission.SUBJECTS: Message("change the tree of subjects"),
    Permission.SETTINGS: Message("change settings of the desk"),
    Permission.ENGINES: Message("install or remove packages of machine translation"),
    Permission.ROLES: Message("give roles"),
}


class Roles:
    """The roles of the desk's users."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> dict[str, Role]:
        """The users with their roles, by name."""
        return {user: Role(role) for user, role in self._db.execute("SELECT user, role FROM roles ORDER BY user")}

    def of(self, user: str) -> Role:
        """The role of a user: an administrator's where nobody has a role, else a translator's without one."""
        known = self.all()
        return known.get(user, Role.TRANSLATOR) if known else Role.ADMINISTRATOR

    def require(self, user: str, permission: Permission) -> None:
        """Raises NotAllowed where the role of a user does not let them do that."""
        role = self.of(user)
        if permission not in ALLOWED[role]:
            raise NotAllowed(
                "{user} has the role {role} and may not {action}: ask {administrators} for another role.",
                user=user,
                role=_ROLE_NAMES[role],
                action=_PERMISSION_NAMES[permission],
                administrators=", ".join(self._administrators()),
            )

    def put(self, user: str, role: Role) -> None:
        """Gives a user a role; raises CannotGiveRole for no name, and where nobody would be an administrator."""
        user = user.strip()
        if not user:
            raise CannotGiveRole("A role needs the name of a user: give one.")
        with self._db.atomic():
            self._db.execute("INSERT OR REPLACE INTO roles (user, role) VALUES (?, ?)", [user, role])
            self._check()

    def remove(self, user: str) -> None:
        """Takes the role of a user away; raises CannotGiveRole where there is none, and for the last administrator."""
        with self._db.atomic():
            if not list(self._db.query("DELETE FROM roles WHERE user = ? RETURNING user", [user])):
                raise CannotGiveRole("{user} has no role: `workbench roles list` says who has one.", user=user)
            self._check()

    def _administrators(self) -> list[str]:
        return [user for user, role in self.all().items() if role is Role.ADMINISTRATOR]

    def _check(self) -> None:
        # Else nobody could give roles any more.
        if not self._administrators():
            raise CannotGiveRole("Nobody would be an administrator then: give somebody that role first.")


@migrations()
def create_roles(db: Database) -> None:
    db.execute("""
        CREATE TABLE roles (
            user TEXT PRIMARY KEY,
            role TEXT NOT NULL
                CHECK (role IN ('translator', 'reviser', 'terminologist', 'manager', 'administrator'))
        )
    """)
