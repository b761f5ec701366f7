"""Pages of the translation memory: what is in it, its search and its entries, its import and export."""

from workbench.web.memory import concordance, views

blueprints = (views.blueprint, concordance.blueprint)
