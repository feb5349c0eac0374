from django.urls import path

from accord.metrics.views import hosts, source_mappings, source_people, source_setup, sources

urlpatterns = [
    path("sources/", sources.sources_page, name="sources"),
    path("sources/new/", source_setup.gallery_page, name="source_new"),
    path("sources/new/<slug:slug>/", source_setup.new_source_page, name="source_make"),
    path("sources/hosts/", hosts.hosts_page, name="hosts"),
    path("sources/hosts/<int:pk>/forget/", hosts.forget_host_line, name="host_forget"),
    path("sources/<int:pk>/", sources.source_page, name="source"),
    path("sources/<int:pk>/address/", source_setup.address_page, name="source_address"),
    path("sources/<int:pk>/rows/", source_setup.rows_page, name="source_rows"),
    path("sources/<int:pk>/metrics/", source_mappings.mappings_page, name="source_mappings"),
    path("sources/<int:pk>/metrics/adopt/", source_mappings.adopt_suggestions, name="source_adopt"),
    path("sources/<int:pk>/metrics/new/", source_mappings.new_mapping_page, name="source_mapping_new"),
    path("sources/<int:pk>/metrics/<int:mapping_pk>/", source_mappings.mapping_page, name="source_mapping"),
    path(
        "sources/<int:pk>/metrics/<int:mapping_pk>/remove/",
        source_mappings.remove_mapping,
        name="source_mapping_remove",
    ),
    path("sources/<int:pk>/schedule/", source_setup.schedule_page, name="source_schedule"),
    path("sources/<int:pk>/settings/", source_setup.settings_page, name="source_settings"),
    path("sources/<int:pk>/token/", source_setup.new_token, name="source_token"),
    path("sources/<int:pk>/run/", sources.run_source, name="source_run"),
    path("sources/<int:pk>/start/", sources.start_source, name="source_start"),
    path("sources/<int:pk>/pause/", sources.pause_source, name="source_pause"),
    path("sources/<int:pk>/end/", sources.end_source, name="source_end"),
    path("sources/<int:pk>/people/", source_people.people_page, name="source_people"),
    path("sources/<int:pk>/people/<int:identity_pk>/", source_people.resolve_identity, name="source_person"),
]
