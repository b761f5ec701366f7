"""Pages of pairing up articles."""

from workbench.web.pairs import views

blueprints = (views.blueprint,)
