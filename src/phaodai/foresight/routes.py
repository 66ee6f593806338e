"""Addresses of this context beyond its registers."""

from django.urls import URLPattern, path

from phaodai.care.pages.facilities_board import add_board_part
from phaodai.foresight.pages import (
    bed_need,
    evaluation,
    overview,
    scenario_bench,
    scenario_handing,
    scenario_runs,
    scenarios,
    testing_need,
    triggers,
    unit,
)
from phaodai.surveillance.pages.testing_overview import add_testing_part

add_board_part(bed_need.beds_by_forecast)
add_testing_part(testing_need.need_of_tests)

urlpatterns: list[URLPattern] = [
    path("", overview.overview, name="foresight"),
    path("danh-gia", evaluation.evaluation, name="foresight-evaluation"),
    path("<int:pk>", unit.unit, name="foresight-unit"),
    path("kich-ban", scenarios.scenarios, name="scenarios"),
    path("kich-ban/nhan-tep", scenarios.take_file, name="scenario-take-file"),
    path("kich-ban/<int:pk>", scenario_bench.bench, name="scenario"),
    path("kich-ban/<int:pk>/sua", scenario_bench.amend, name="scenario-amend"),
    path("kich-ban/<int:pk>/them/<slug:kind>", scenario_bench.add, name="scenario-add"),
    path("kich-ban/<int:pk>/bo/<int:place>", scenario_bench.remove, name="scenario-remove"),
    path("kich-ban/<int:pk>/chay/<slug:kind>", scenario_bench.start, name="scenario-start"),
    path("kich-ban/<int:pk>/tep", scenario_bench.export, name="scenario-export"),
    path("kich-ban/lan-chay/<int:pk>", scenario_runs.run, name="scenario-run"),
    path("kich-ban/lan-chay/<int:pk>/huy", scenario_runs.cancel, name="scenario-run-cancel"),
    path("kich-ban/lan-chay/<int:pk>/xem", scenario_runs.see, name="scenario-run-see"),
    path("kich-ban/lan-chay/<int:pk>/nhu-cau", scenario_runs.needs_sheet, name="scenario-run-needs"),
    path("kich-ban/lan-chay/<int:pk>/sang-hau-can", scenario_handing.hand_over, name="scenario-run-hand"),
    path("kich-ban/lan-chay/<int:pk>/tep/<int:place>", scenario_runs.run_file, name="scenario-run-file"),
    path("muc-kich-ban", triggers.trigger_levels, name="scenario-levels"),
    path("muc-kich-ban/nguong", triggers.threshold, name="scenario-threshold"),
    path("muc-kich-ban/<int:pk>/dong-y", triggers.accept, name="scenario-accept"),
    path("muc-kich-ban/<int:pk>/tu-choi", triggers.decline, name="scenario-decline"),
]
