"""Pages of the candidates for the term base."""

from workbench.web.candidates import views

blueprints = (views.blueprint,)
