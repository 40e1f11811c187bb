"""Days and hours by how they are told: to come or past, with their neighbours, by the half of the day."""

from __future__ import annotations

import time

import pytest

from pipeline.enrich.dates.resolve import dated
from tests.enrich.test_dates import shown

TOLD = [
    ("He moved that the children be sent on the 10th. So", "1912-02-03", "10th=1912-02-10", "en"),
    ("are to be reduced by one fifth from the 20th. So", "1847-03-08", "20th=1847-03-20", "en"),
    ("The boat, due on the 17th, came in this morning", "1893-10-21", "17th=1893-10-17", "en"),
    ("of September 28 and that of the 14th, and", "1893-10-21", "September 28=1893-09-28; 14th=1893-09-14", "en"),
    ("It may be the 24th or 25th, and we wait", "1941-02-23", "24th or 25th=1941-02-24|1941-02-25", "en"),
    ("it may be 1862 or 1873, and no other", "1889-02-23", "1862=1862; 1873=1873", "en"),
    ("Between the 10th and the 14th I counted five", "1832-05-16", "10th and the 14th=1832-05-10..1832-05-14", "en"),
    ("The House sits until Monday next, the 15th, or longer", "1847-03-08", "Monday next, the 15th=1847-03-15", "en"),
    ("We have been told 1 March, and no later", "1941-02-23", "1 March=1941-03-01", "en"),
    ("the October number of the Review", "1894-11-02", "October=1894-10", "en"),
    ("He looks older than in September. So", "1937-05-04", "September=1936-09", "en"),
    ("He died on 26 October of the same year.", "1764-02-18", "26 October=1764-10-26", "en"),
    ("the ships of May 3 ships were lost", "1894-11-02", "", "en"),
    ("On St James’s Day, in the rain", "1889-12-24", "St James’s Day=1889-07-25", "en"),
    ("At the House by four. It rained", "1940-05-10", "four=T16:00:00", "en"),
    ("He rang at nine to tell me", "1940-05-10", "nine=T09:00:00", "en"),
    ("Sat as usual from seven to eleven. A suit", "1857-05-19", "seven=T07:00:00; eleven=T11:00:00", "en"),
    ("The children rose from seven to eleven. So", "1857-05-19", "", "en"),
    ("It was valued at nine, or more", "1857-05-19", "", "en"),
    ("He was seen by four. It rained", "1857-05-19", "", "en"),
    ("until two of the boats came", "1857-05-19", "", "en"),
    ("Home at half past midnight, on foot", "1934-06-13", "half past midnight=T00:30:00", "en"),
    ("02.40, flashes to the westward.", "1941-02-23", "02.40=T02:40:00", "en"),
    ("The council rose at a quarter to nine, and dispersed", "1902-07-08", "a quarter to nine=T20:45:00", "en"),
    ("The rents due on Lady Day last were not paid", "1890-05-05", "Lady Day=1890-03-25", "en"),
    ("The chances stood at ten to one, and he lost", "1890-05-05", "", "en"),
    ("At one with nature, two by four, by ten votes", "1890-05-05", "", "en"),
    ("He lived at nine, Cheyne Row, by the river", "1890-05-05", "", "en"),
    ("Am Sonntag, den 14., predige ich", "1836-02-11", "Sonntag, den 14.=1836-02-14", "de"),
    ("Sie wollen zu Johannis herüberwandern", "1836-02-11", "Johannis=1836-06-24", "de"),
    ("am Dreikönigstage verloren wir eine Kuh", "1814-01-08", "Dreikönigstage=1814-01-06", "de"),
    ("Die Milch wurde auf den 17. April vertagt", "1919-04-13", "17. April=1919-04-17", "de"),
    ("daß ich am 18. Oktober gewiß zu Hause bin", "1870-09-02", "18. Oktober=1870-10-18", "de"),
    (
        "Bis zwei Uhr nachts auf. Um 4.45 Uhr ging er",
        "1919-04-13",
        "zwei Uhr nachts=T02:00:00; 4.45 Uhr=T04:45:00",
        "de",
    ),
    ("Frau Michaelis kam mit Georgi", "1836-02-11", "", "de"),
    ("une avance pour le 14 juillet, si la vache plaît", "1886-05-16", "14 juillet=1886-07-14", "fr"),
    ("mangés depuis la Saint-André. À la mairie", "1870-12-31", "Saint-André=1870-11-30", "fr"),
    ("rue de la Saint-André des Arts", "1870-12-31", "", "fr"),
    ("Собрание отложено до 20 марта", "1921-03-10", "20 марта=1921-03-20", "ru"),
    ("Ночью, в половине четвёртого, пришёл паровоз", "1921-12-19", "половине четвёртого=T03:30:00", "ru"),
    ("После полудня ходил в детский дом", "1921-12-19", "", "ru"),
]


@pytest.mark.parametrize(("text", "entry", "found", "language"), TOLD)
def test_how_it_is_told_says_what_is_meant(text: str, entry: str, found: str, language: str) -> None:
    assert shown(text, entry, language) == found


@pytest.mark.parametrize(
    "text", ["that the works of ", "from seven to ", "is to be ", "at nine by four ", "the 4th or "]
)
def test_it_takes_time_linear_in_the_text(text: str) -> None:
    begun = time.perf_counter()
    dated(text * 4000, "1890-05-05", "en")
    assert time.perf_counter() - begun < 20
