"""Pages of the desk: the first one, its articles, the help."""

from workbench.web.desk import views

blueprints = (views.blueprint,)
