"""The page of the packages of machine translation: which are installed, what the index offers, coming and going."""

from pathlib import Path

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import format_decimal
from werkzeug.wrappers import Response

from workbench.services import mt_engines
from workbench.stores.job_arguments import FetchPackages, InstallPackage, InstallPackageFile
from workbench.stores.jobs import JobState
from workbench.web.file_uploads import receive, sweep
from workbench.web.request_context import open_desk

blueprint = Blueprint("packages", __name__, url_prefix="/mt")


@blueprint.get("/")
def page() -> str:
    """The packages and models, the jobs that change them, and the index as it was fetched last."""
    jobs = open_desk().jobs.recent(50)
    fetched = next(
        (job for job in jobs if isinstance(job.arguments, FetchPackages) and job.state is JobState.DONE), None
    )
    return render_template(
        "packages/page.html",
        installed=mt_engines.installed(),
        models=mt_engines.models(),
        places=mt_engines.places(),
        fetched=fetched,
        offers=mt_engines.offers(fetched.result["packages"]) if fetched else [],
        jobs=[job for job in jobs if isinstance(job.arguments, InstallPackage | InstallPackageFile)][:5],
        removed="removed" in request.args,
    )


@blueprint.post("/index")
def fetch() -> Response:
    """Fetches the index: the one thing here that asks the network, and only when it is told to."""
    return _go_to(open_desk().jobs.add_once(FetchPackages()))


@blueprint.post("/install")
def install() -> Response:
    """Installs the newest package of the index for a pair; one that is on its way already is not ordered again."""
    source, target = _pair()
    return _go_to(open_desk().jobs.add_once(InstallPackage(source=source, target=target, title=f"{source} → {target}")))


@blueprint.post("/send")
def send() -> Response:
    """Installs a package file, which the browser sends."""
    name, path = receive()
    return _go_to(_order_file(name, path))


@blueprint.post("/remove")
def remove() -> Response:
    source, target = _pair()
    mt_engines.remove_package(open_desk(), source, target)
    return redirect(url_for("packages.page", removed=1), 303)


def _order_file(name: str, path: Path) -> int:
    try:
        desk = open_desk()
        sweep(desk.jobs.active())
        return desk.jobs.add(InstallPackageFile(path=str(path), title=name))
    except BaseException:
        path.unlink()
        raise


def _pair() -> tuple[str, str]:
    """The codes of two languages that the form names."""
    source, target = request.form.get("source", ""), request.form.get("target", "")
    if not (source and target):
        abort(400)
    return source, target


def _go_to(job: int) -> Response:
    return redirect(url_for("jobs.job", id=job, then=1), 303)


def megabytes(size: int) -> str:
    """So many bytes as megabytes, as the language of the page writes them."""
    number: str = format_decimal(round(size / 1e6, 1))
    return f"{number} MB"


@blueprint.app_context_processor
def _names() -> dict[str, object]:
    return {"megabytes": megabytes}
