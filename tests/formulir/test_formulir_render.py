"""The pages: escaped, labelled, in the right language, and small."""

import re
from html.parser import HTMLParser

import pytest
from survei_formulir import make

from skm.formulir import Salah, build_fields
from skm.formulir.render import (
    Halaman,
    Tempat,
    Terima,
    render_form,
    render_kept,
    render_preview,
    render_sentence,
    render_thanks,
    split_steps,
    style,
    style_hash,
)

SURVEI = make()
TEMPAT = Tempat("KODE1234", "dinas")


def form(**own) -> str:
    survei = own.pop("survei", SURVEI)
    values = {"tempat": TEMPAT, "id_kirim": "A" * 22, "cap": "c", **own}
    return render_form(Halaman(survei, **values), "aset/isi.js").decode()


class Page(HTMLParser):
    """What a page is made of: its elements, and what belongs together by id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def of(self, tag: str, **attrs: str) -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag and attrs.items() <= a.items()]


KODE = "K7Q4-2M9P-WX5C"


def thanks(tempat: Tempat, terima: Terima, bahasa: str | None = None) -> str:
    return render_thanks(SURVEI, tempat, terima, bahasa, "s.js").decode()


PAGES = {
    "kosong": lambda: form(kosong=True),
    "kembali": lambda: form(
        nilai={"u1": "4", "usia": "x", "saran": "s"},
        salah={"u2": Salah("formulir-pilih"), "usia": Salah("formulir-angka")},
    ),
    "gagal": lambda: form(status="gagal", nilai={"u1": "4"}),
    "kios": lambda: form(tempat=Tempat("K", None, "ktp", kios=True)),
    "langkah": lambda: form(langkah=2, nilai={"layanan": "ktp"}),
    "terima kasih": lambda: thanks(TEMPAT, Terima("K7Q4-2M9P", hasil="/h"), "en"),
    "terima kasih dengan kode saran": lambda: thanks(TEMPAT, Terima("K7Q4-2M9P", KODE), "en"),
    "kalimat": lambda: render_sentence("tertutup", None, SURVEI).decode(),
    "titipan": lambda: render_kept("KODE1234", [("u1", "4"), ("<b>", '"')], None).decode(),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_whole(name: str) -> None:
    text = PAGES[name]()
    page = Page(text)
    ids = [a["id"] for _, a in page.elements if a.get("id")]
    assert len(ids) == len(set(ids))
    assert len(page.of("h1")) == 1
    assert len(page.of("main")) == 1
    for _, attrs in page.elements:
        for described in (attrs.get("aria-describedby") or "").split():
            assert described in ids
        assert not {"style", "onclick", "onload"} & set(attrs)
    for label in page.of("label"):
        assert label["for"] in ids
    for link in page.of("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in ids
    assert "{{" not in text
    assert "<html lang" not in text  # the dashboard's middleware would call English Indonesian


def test_the_survey_is_escaped() -> None:
    text = form()
    assert "Sangat <b>baik</b>" not in text
    assert "Sangat &lt;b&gt;baik&lt;/b&gt;" in text


def test_what_was_filled_in_is_shown_again_and_escaped() -> None:
    evil = '</textarea><script>alert(1)</script>"'
    page = Page(text := form(nilai={"u1": "4", "usia": '"><i>', "saran": evil}))
    assert "<script>alert" not in text
    assert page.of("input", id="u1-4", name="u1", value="4")[0].keys() >= {"checked"}
    assert page.of("input", id="usia")[0]["value"] == '"><i>'


def test_a_fault_names_and_links_its_question() -> None:
    page = Page(text := PAGES["kembali"]())
    assert "Pertanyaan 2 belum dijawab. Pilih satu jawaban." in text
    assert [a["href"] for a in page.of("a") if a["href"].startswith("#")] == ["#u2-1", "#usia"]
    assert page.of("fieldset", **{"aria-describedby": "e-u2"})
    assert page.of("input", id="usia", **{"aria-invalid": "true"})
    assert text.index("<title>Salah: ") < text.index('role="alert"') < text.index("<form")


def test_english_and_other_languages() -> None:
    text = form(bahasa="en", kosong=True)
    assert 'lang="en"' in text
    assert "Are the requirements right?" in text
    assert 'action="KODE1234?bahasa=en"' in text
    assert '<a href="?bahasa=jv" lang="jv"' in text


def test_a_filled_page_changes_language_without_losing_anything() -> None:
    page = Page(form(nilai={"u1": "4"}))
    assert [b["value"] for b in page.of("button", form="formulir", name="ganti")] == ["en", "jv"]


def test_purpose_and_keeping_time_stand_above_the_form() -> None:
    text = form(survei=make("simpan_bulan = 6"))
    above = text[: text.index("<form")]
    assert "memperbaiki pelayanan" in above
    assert "disimpan 6 bulan" in above
    assert "tidak meminta nama, NIK, atau nomor telepon" in above


def test_steps_carry_the_other_answers() -> None:
    page = Page(form(langkah=2, nilai={"layanan": "ktp", "u1": "4", "saran": "s"}))
    hidden = {(a["name"], a["value"]) for a in page.of("input", type="hidden")}
    assert {("layanan", "ktp"), ("saran", "s"), ("langkah", "2")} <= hidden
    assert {a["name"] for a in page.of("input", type="radio")} == {"u1"}
    assert [len(step) for step in split_steps(build_fields(SURVEI))] == [1, 1, 1, 4]


def test_a_kiosk_has_no_way_out_and_returns_by_itself() -> None:
    kios = Tempat("K", None, "ktp", kios=True, bersama=True)
    for kode in ("", KODE):
        text = thanks(kios, Terima("K7Q4-2M9P", kode, "https://contoh.go.id/h", "skm.contoh/saran"))
        links = {a["href"] for a in Page(text).of("a")}
        assert links == {"?bahasa=en", "?bahasa=jv", "../K?bahasa=id"}
        assert ("skm.contoh/saran" in text) == (KODE in text) == bool(kode)
    assert Page(form(tempat=kios)).of("form", autocomplete="off")


def test_thanks_show_the_code_and_the_results() -> None:
    text = PAGES["terima kasih"]()
    assert "K7Q4-2M9P" in text
    assert '<a href="/h">See the survey results</a>' in text


def test_thanks_for_a_remark_show_its_code_and_lead_to_the_reply() -> None:
    text = PAGES["terima kasih dengan kode saran"]()
    assert "K7Q4-2M9P<" not in text  # one code is enough to copy
    assert f"Suggestion code: <b>{KODE}</b>" in text
    assert f'<a href="../../saran/{KODE}?bahasa=en">Open the page of the reply</a>' in text


def test_a_page_for_answers_without_a_form_keeps_all_of_them() -> None:
    page = Page(PAGES["titipan"]())
    assert [(a["name"], a["value"]) for a in page.of("input")] == [("u1", "4"), ("<b>", '"')]
    assert page.of("form")[0]["action"] == "KODE1234?bahasa=id"


def test_the_style_is_named_by_its_hash_and_asks_nobody_for_anything() -> None:
    assert re.fullmatch(r"sha256-[A-Za-z0-9+/]{43}=", style_hash())
    assert f"<style>{style()}</style>" in form()
    assert "url(" not in style()
    assert "@import" not in style()
    assert style().count("{") == style().count("}")


@pytest.mark.parametrize("selesai", [False, True])
def test_the_preview_can_do_nothing(selesai: bool) -> None:
    """Its own policy allows the style sheet alone: no script, no sending, no request."""
    found = Page(render_preview(SURVEI, "en", selesai=selesai))
    (policy,) = found.of("meta", **{"http-equiv": "Content-Security-Policy"})
    assert policy["content"] == (
        f"default-src 'none'; style-src '{style_hash()}'; form-action 'none'; base-uri 'none'"
    )
    assert found.of("html", lang="en")


def test_only_the_preview_has_a_policy_inside() -> None:
    for make_page in PAGES.values():
        assert "http-equiv" not in make_page()
