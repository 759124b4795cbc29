"""Addresses of records in the office."""

from django.urls import path

from gongkai.disclosure import admin, admin_clearing, admin_clocks, admin_edit, admin_help, admin_ties, admin_versions

urlpatterns = [
    path("records/", admin.index, name="records_index"),
    path("records/new/", admin.draft, name="records_draft"),
    path("records/interpretations/", admin_clocks.interpretations, name="records_interpretations"),
    path("records/<int:pk>/", admin.show, name="records_show"),
    path("records/<int:pk>/edit/", admin_edit.edit, name="records_edit"),
    path("records/lexicon/", admin_help.lexicon, name="records_lexicon"),
    path("records/lexicon/own.csv", admin_help.lexicon_file, name="records_lexicon_file"),
    path("records/<int:pk>/links/", admin_help.check_links, name="records_check_links"),
    path("records/<int:pk>/particulars/", admin_edit.particulars, name="records_particulars"),
    path("records/<int:pk>/plan/", admin_clocks.plan, name="records_plan"),
    path("records/<int:pk>/schedule/", admin_clocks.schedule, name="records_schedule"),
    path("records/<int:pk>/unschedule/", admin_clocks.unschedule, name="records_unschedule"),
    path("records/<int:pk>/assess/", admin_clocks.assess, name="records_assess"),
    path("records/<int:pk>/mask/", admin.mask, name="records_mask"),
    path("records/<int:pk>/clear/", admin_clearing.clear, name="records_clear"),
    path("records/<int:pk>/unclear/<int:clearance>/", admin_clearing.take_back, name="records_unclear"),
    path("records/<int:pk>/submit/", admin.submit, name="records_submit"),
    path("records/<int:pk>/pass/", admin.pass_step, name="records_pass"),
    path("records/<int:pk>/return/", admin.send_back, name="records_return"),
    path("records/<int:pk>/publish/", admin.publish, name="records_publish"),
    path("records/<int:pk>/force/", admin.force, name="records_force"),
    path("records/<int:pk>/ratify/", admin.ratify, name="records_ratify"),
    path("records/<int:pk>/withdraw/", admin.withdraw, name="records_withdraw"),
    path("records/<int:pk>/discard/", admin.discard, name="records_discard"),
    path("records/<int:pk>/attach/", admin.attach, name="records_attach"),
    path("records/<int:pk>/detach/<int:attachment>/", admin.detach, name="records_detach"),
    path("records/<int:pk>/files/<int:attachment>/", admin.download, name="records_download"),
    path("records/<int:pk>/versions/<int:number>/", admin_versions.version, name="records_version"),
    path("records/<int:pk>/link/", admin_ties.link, name="records_link"),
    path("records/<int:pk>/unlink/<int:tie>/", admin_ties.unlink, name="records_unlink"),
]
