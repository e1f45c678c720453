"""A person brings a table in, in a real browser: source named, column mapped, dates confirmed, taken in."""

from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from dashboard.data.site import Scope, database
from qa.store.voice.feedback_frames import surveys_frame
from tests.dashboard.test_browser_ingest import DROP, ENGLISH_OF_THE_UPLOADER, FILES, Desk, desk

__all__ = ["desk"]
pytestmark = pytest.mark.browser
ROWS = "تاریخ,نمره,شماره,نظر\n03/04/2026,5,09121234567,خوب بود\n05/06/2026,4,,\n07/08/2026,9,,-1+1\n"


def pick(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=False).first.click()
    page.get_by_role("option", name=option, exact=True).first.click()


def test_a_table_comes_in_from_start_to_end(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(ROWS, encoding="utf-8")
    tab = desk.visit("fa")
    page = tab.page
    tab.open("/imports?lang=fa").settled()
    assert not [text for text in ENGLISH_OF_THE_UPLOADER if text in page.locator(DROP).inner_text()]
    page.get_by_role("combobox", name="منبع").fill("کیوسک")
    page.keyboard.press("Enter")
    tab.settled()
    page.set_input_files(FILES, path)
    expect(page.get_by_text("هنوز هیچ ستونی «رضایت مشتری (CSAT)")).to_be_visible(timeout=30_000)
    pick(page, "نمره", "رضایت مشتری (CSAT)")
    pick(page, "شماره", "مشتری")
    expect(page.get_by_role("button", name="آزمایش فایل")).to_be_disabled()
    page.get_by_text("اول روز: ").click()
    page.get_by_text("این تاریخ‌ها درست است").click()
    page.get_by_role("button", name="آزمایش فایل").click()
    expect(page.get_by_text("نمرهٔ رضایت بیرون از مقیاس است", exact=False).first).to_be_visible(timeout=30_000)
    assert surveys_frame(database(), Scope.all()).is_empty(), "a try stores nothing"
    page.get_by_role("button", name="ورود ۲ سطر").click()
    expect(page.get_by_text("فایل وارد شد", exact=True)).to_be_visible(timeout=30_000)
    tab.settled()  # until then the button of the try stands there too
    with page.expect_download() as got:
        page.get_by_role("button", name="دریافت سطرهای ردشده").click()
    bad = pl.read_csv(got.value.path(), infer_schema=False)
    assert bad.row(0)[0] == "4"
    assert bad["نظر"].to_list() == ["'-1+1"], "a spreadsheet must not run it"
    stored = surveys_frame(database(), Scope.all())
    assert stored["source"].to_list() == ["کیوسک", "کیوسک"]
    assert stored["answered_at"].dt.convert_time_zone("Asia/Tehran").dt.month().to_list() == [4, 6]
    expect(page.get_by_text("Nazanin Moradi، در همین صفحه")).to_be_visible()
    assert tab.faults == []
