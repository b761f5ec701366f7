"""Pages of jobs: what runs, how far it is, how it ended."""

from workbench.web.jobs import views

blueprints = (views.blueprint,)
