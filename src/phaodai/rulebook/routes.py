"""Addresses of this context, below /luat/."""

from django.urls import path

from phaodai.rulebook.pages import bench, days, documents, measures, verifying

urlpatterns = [
    path("", bench.bench, name="law"),
    path("bien-phap", measures.measures, name="law-measures"),
    path("cho-doi-chieu", verifying.queue, name="law-queue"),
    path("gia-tri/<path:name>", verifying.value, name="law-value"),
    path("doi-chieu/<int:pk>/rut", verifying.withdraw, name="law-withdraw"),
    path("doi-chieu/<int:pk>/tep", verifying.kept_text, name="law-kept-text"),
    path("van-ban", documents.documents, name="law-documents"),
    path("van-ban/<str:key>", documents.document, name="law-document"),
    path("ngay/<str:on>", days.day, name="law-day"),
    path("bang/<str:name>", days.table, name="law-table"),
]
