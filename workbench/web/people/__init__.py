"""Who works here: a name, asked once in each browser."""

from workbench.web.people import views

blueprints = (views.blueprint,)
