"""Addresses of inspections: the officers' and, of their own venues' records, the owners'."""

from django.urls import path

from dauchan.web.inspections import choosing, field, measures, own, poster_reading, records, rounds

app_name = "inspections"

urlpatterns = [
    path("officer/inspections/", rounds.round_list, name="rounds"),
    path("officer/inspections/new/", rounds.new, name="new"),
    path("officer/inspections/<int:round_id>/", rounds.page, name="round"),
    path("officer/inspections/<int:round_id>/edit/", rounds.edit, name="edit"),
    path("officer/inspections/<int:round_id>/end/", rounds.end, name="end"),
    path("officer/inspections/<int:round_id>/choose/", choosing.choose, name="choose"),
    path("officer/inspections/<int:round_id>/draw/", choosing.draw, name="draw"),
    path("officer/inspections/<int:round_id>/stops/<int:stop_id>/drop/", choosing.drop, name="drop"),
    path("officer/inspections/field/", field.page, name="field"),
    path("officer/inspections/field/shell/<slug:language>/", field.shell, name="field_shell"),
    path("officer/inspections/field/app-<slug:language>.webmanifest", field.manifest, name="field_manifest"),
    path("officer/inspections/field/pack/", field.pack, name="pack"),
    path("officer/inspections/field/records/", field.receive, name="receive"),
    path("officer/inspections/field/posters/", poster_reading.read_shot, name="read_shot"),
    path("officer/inspections/records/", records.record_list, name="records"),
    path("officer/inspections/records/export.csv", records.export, name="export"),
    path("officer/inspections/records/<int:inspection_id>/", records.page, name="record"),
    path("officer/inspections/records/<int:inspection_id>/record.pdf", records.pdf, name="pdf"),
    path("officer/inspections/records/<int:inspection_id>/number/", records.number, name="number"),
    path("officer/inspections/records/<int:inspection_id>/supplement/", records.put_right, name="supplement"),
    path(
        "officer/inspections/records/<int:inspection_id>/supplements/<int:supplement_id>.pdf",
        records.supplement_paper,
        name="supplement_pdf",
    ),
    path("officer/inspections/pictures/<int:picture_id>.jpg", records.picture, name="picture"),
    path("officer/inspections/measures/", measures.measure_list, name="measures"),
    path("officer/inspections/measures/<int:measure_id>/<slug:step>/", measures.step, name="measure_step"),
    path("officer/inspections/measures/pictures/<int:picture_id>.jpg", measures.picture, name="measure_picture"),
    path("owner/inspections/<int:inspection_id>/", own.page, name="own"),
    path("owner/inspections/<int:inspection_id>/record.pdf", own.pdf, name="own_pdf"),
    path("owner/inspections/pictures/<int:picture_id>.jpg", own.picture, name="own_picture"),
    path("owner/measures/<int:measure_id>/mended/", own.mended, name="mended"),
]
