"""The page of the packages of machine translation."""

from workbench.web.packages import views

blueprints = (views.blueprint,)
