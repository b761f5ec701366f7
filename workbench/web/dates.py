"""Times and days as a page says them, in its language."""

from datetime import date, datetime

from babel.dates import format_date, format_skeleton, format_time
from flask import Flask
from flask_babel import get_locale, gettext


def init_app(app: Flask) -> None:
    app.jinja_env.globals["when"] = when
    app.jinja_env.globals["due_day"] = due_day


def when(time: str) -> str:
    """Returns a time of the desk (UTC, ISO 8601) by the clock of this machine: the hour today, else the day."""
    try:
        local = datetime.fromisoformat(time).astimezone()
    except ValueError:
        return time
    if local.date() == date.today():
        return format_time(local, "short", locale=get_locale())
    return day_name(local.date().isoformat())


def day_name(day: str) -> str:
    """Returns a day (ISO 8601) in words: yesterday, today, tomorrow, the weekday of this week, else the date."""
    try:
        then = date.fromisoformat(day)
    except ValueError:
        return day
    today = date.today()
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}.get((then - today).days)
    if near:
        return str(near)
    if 1 < (then - today).days < 7:
        return format_date(then, "EEEE", locale=get_locale())
    skeleton = "MMMd" if then.year == today.year else "yMMMd"
    return str(format_skeleton(skeleton, then, locale=get_locale()))


def due_day(day: str) -> str:
    """Returns a day by which something is due, in words, which say of a day that is past that it is."""
    name = day_name(day)
    if day < date.today().isoformat():
        return str(gettext("overdue since %(day)s", day=name))
    return name
