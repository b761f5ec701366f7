"""Pages of intake: files on their way to articles."""

from workbench.web.intake import views

blueprints = (views.blueprint,)
