"""`{% load components %}`: the table of all component tags; what each does stands in accord/foundation/components/."""

from django.template import Library

from accord.foundation.components import charts, forms, panels, portraits, signs, slots, sparklines, wayfinding
from accord.foundation.components.appearance import theme

register = Library()

for tag in (
    portraits.avatar,
    portraits.person,
    signs.badge,
    signs.delta,
    signs.heat,
    signs.icon,
    signs.light,
    signs.light_strip,
    signs.progress,
    sparklines.sparkline,
    wayfinding.crumb,
):
    register.simple_tag(tag)

for block in (panels.card, panels.callout, panels.table):
    register.simple_block_tag(block)

register.simple_tag(theme, takes_context=True)
register.simple_tag(slots.slot, takes_context=True)
register.simple_block_tag(panels.dialog, takes_context=True)
register.inclusion_tag("components/chart.html")(charts.option_chart)
register.inclusion_tag("components/chart.html")(charts.trend_chart)
register.inclusion_tag("components/tree_chart.html")(charts.tree_chart)
register.inclusion_tag("components/chart.html")(charts.waterfall_chart)
register.inclusion_tag("components/empty_state.html")(panels.empty_state)
register.inclusion_tag("components/field.html")(forms.field)
register.inclusion_tag("components/pagination.html", takes_context=True)(wayfinding.pagination)
register.inclusion_tag("components/skeleton.html")(panels.skeleton)
register.inclusion_tag("components/stat.html")(panels.stat)
register.inclusion_tag("components/tabs.html")(wayfinding.tabs)
