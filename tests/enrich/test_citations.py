"""Citations in notes: how far each reaches, its fields, what points back to what, and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.enrich.citations.find import find
from pipeline.enrich.citations.library import Library, propose, read_library
from pipeline.enrich.citations.rules import citations, survey
from pipeline.enrich.citations.words import arabic, roman, written_out
from pipeline.enrich.model import Claim, Entry, Outcome
from pipeline.passage import Passage, passages
from pipeline.tei import TEI_NS, parse
from tests.enrich.showing import check_claims, codes
from tests.enrich.trees import document, trees

_ENTRY = Entry(id="d1911-03-02", date="1911-03-02")


def spans(text: str) -> list[str]:
    """Return the words of the citations of a text, in order; what needs support from elsewhere is left out."""
    return [text[one.start : one.end] for one in find(text) if one.certainty > 0.5]


def fields(text: str) -> list[str]:
    """Return the parts of the first citation as `name=words` or `name:unit=words(from–to)`."""
    shown = []
    for mark in sorted(find(text)[0].marks, key=lambda one: one.start):
        known = dict(mark.attributes)
        kind = known.get("unit") or known.get("type") or known.get("level")
        ends = [known[name] for name in ("when", "n", "from", "to") if name in known]
        words = f"{mark.name}:{kind}" if kind else mark.name
        shown.append(f"{words}={text[mark.start : mark.end]}" + (f"({'–'.join(ends)})" if ends else ""))
    return shown


def noted(*notes: str) -> etree._Element:
    """Return an entry whose paragraphs have these notes, one each."""
    return document("".join(f'<p>Word.<note type="editorial" place="end">{note}</note></p>' for note in notes))


def run(root: etree._Element, library: Library | None = None) -> tuple[tuple[Passage, ...], Outcome]:
    read = tuple(passages(root))
    return read, citations(read, _ENTRY, library or Library())


def claims_of(*notes: str, library: Library | None = None) -> list[Claim]:
    return run(noted(*notes), library)[1].claims


def register(*records: str) -> Library:
    return read_library(
        parse(f'<standOff xmlns="{TEI_NS}"><listBibl>{"".join(records)}</listBibl></standOff>'.encode())
    )


# Each text with what is cited in it, parted by `|`.
WORKS = [
    ("Moor, A Winter at Sea, p. 12.", "Moor, A Winter at Sea, p. 12"),
    (
        "See also E. Hale, A Winter at Sea (London, 1931), pp. 259–60.",
        "E. Hale, A Winter at Sea (London, 1931), pp. 259–60",
    ),
    ("Quoted in E. Hale, Salt, p. 6; cf. B. Roe, Ice, p. 7.", "E. Hale, Salt, p. 6|B. Roe, Ice, p. 7"),
    ("E. Hale (ed.), The Papers of a Pilot (York, 1902), p. 3.", "The Papers of a Pilot (York, 1902), p. 3"),
    ("He said the same to B. Roe in Ice and Men, pp. 5–6.", "Ice and Men, pp. 5–6"),
    ("Hale, who thought otherwise; The Hale Memoirs, p. 22.", "The Hale Memoirs, p. 22"),
    ("Her account in The Hale Memoirs, p. 22, is later.", "The Hale Memoirs, p. 22"),
    ("(see Roe, Ice and Men, p. 5)", "Roe, Ice and Men, p. 5"),
    ("ZZP, 1911, XVII, docs. 41 & 43.", "ZZP, 1911, XVII, docs. 41 & 43"),
    ("Zolotaya Gavan, I, nos. 65, 66 & 107.", "Zolotaya Gavan, I, nos. 65, 66 & 107"),
    (
        "Zolotaya Gavan, I, no. 15, 19 Feb. 1911; see ZZP, 1911, II/1, doc. 3.",
        "Zolotaya Gavan, I, no. 15, 19 Feb. 1911|ZZP, 1911, II/1, doc. 3",
    ),
    ("Roe, ‘The end of the ice’, p. 64.", "Roe, ‘The end of the ice’, p. 64"),
    (
        "Roe, ‘The Pilots’ Strike’, Harbour Studies, 12 (1931), pp. 3–9.",
        "Roe, ‘The Pilots’ Strike’, Harbour Studies, 12 (1931), pp. 3–9",
    ),
    (
        "Ada Roe, “Two Ports,” Harbour Studies 45, no. 2 (1940): 310–12.",
        "Ada Roe, “Two Ports,” Harbour Studies 45, no. 2 (1940): 310–12",
    ),
    (
        "A. Roe, ‘Ice’, in B. Hale (ed.), Northern Ports (Hull, 1905), pp. 3–9.",
        "A. Roe, ‘Ice’, in B. Hale (ed.), Northern Ports (Hull, 1905), pp. 3–9",
    ),
    (
        "Ada Roe, The Long Quay (Boston: Tidewater, 1902), 174–79.",
        "Ada Roe, The Long Quay (Boston: Tidewater, 1902), 174–79",
    ),
    ("Roe, Diaries, 9 Feb. 1911.", "Roe, Diaries, 9 Feb. 1911"),
    ("The Times, 4 May 1911, p. 7; Pravda, 5 June 1912.", "The Times, 4 May 1911, p. 7|Pravda, 5 June 1912"),
    ("Harbour Gazette, May 4, 1911.", "Harbour Gazette, May 4, 1911"),
    ("HC Deb., 5th ser., vol. 30, cols. 234–6.", "HC Deb., 5th ser., vol. 30, cols. 234–6"),
    (
        "Correspondence on the Ports, Cmd. 5721 (London, 1911), p. 4.",
        "Correspondence on the Ports, Cmd. 5721 (London, 1911), p. 4",
    ),
    ("See the Treaty of Riga, art. 25.", "Treaty of Riga, art. 25"),
    (
        "ZGFP, ser. D, vol. VI, doc. 12; FRZ, 1911, Ports, 2:545–46.",
        "ZGFP, ser. D, vol. VI, doc. 12|FRZ, 1911, Ports, 2:545–46",
    ),
    (
        "E. Hale, A Life, vol. I: The Early Years (London, 1948), p. 33.",
        "E. Hale, A Life, vol. I: The Early Years (London, 1948), p. 33",
    ),
    (
        "E. Hale, Letters, 1901–1911, ed. B. Roe and C. Moor (London, 1966), i, 38.",
        "E. Hale, Letters, 1901–1911, ed. B. Roe and C. Moor (London, 1966), i, 38",
    ),
    ("Roe, Ice, p. 151 (20 Feb. 1911).", "Roe, Ice, p. 151 (20 Feb. 1911)"),
    ("Roe, Ice, p. 23 n. 4, and passim.", "Roe, Ice, p. 23 n. 4"),
    (
        "Vgl. K. Winter, Die Reise nach Kassel, 2. Aufl., Berlin 1922, Bd. 2, S. 12–14.",
        "K. Winter, Die Reise nach Kassel, 2. Aufl., Berlin 1922, Bd. 2, S. 12–14",
    ),
    (
        "P. Lenz, Der alte Hafen, hrsg. von O. Mann, Leipzig 1904, S. 3 ff.",
        "P. Lenz, Der alte Hafen, hrsg. von O. Mann, Leipzig 1904, S. 3 ff.",
    ),
    (
        "F. Maier, „Der alte Hafen“, in: Hafenblätter 23 (1911), S. 3 f.",
        "F. Maier, „Der alte Hafen“, in: Hafenblätter 23 (1911), S. 3 f.",
    ),
    ("Abgedruckt bei Karl Brandt: Die Hafenfrage, Riga 1902, S. 77.", "Karl Brandt: Die Hafenfrage, Riga 1902, S. 77"),
    (
        "L. Dubreuil, Histoire d’un port, Paris, Plon, 1891, t. II, p. 34-36.",
        "L. Dubreuil, Histoire d’un port, Paris, Plon, 1891, t. II, p. 34-36",
    ),
    ("J. Sorel dans « Une police », p. 311, n. 2.", "« Une police », p. 311, n. 2"),
    ("Revue des ports, n° 3, 1902, p. 5.", "Revue des ports, n° 3, 1902, p. 5"),
    (
        "О нём см.: Рогов П. П. Порт и город. М., 1934. Т. 2. С. 15–16.",
        "Рогов П. П. Порт и город. М., 1934. Т. 2. С. 15–16",
    ),
    (
        "Рогов А. Б. Судьба порта // Вопросы портов. 1990. № 5. С. 3–14.",
        "Рогов А. Б. Судьба порта // Вопросы портов. 1990. № 5. С. 3–14",
    ),
    ("Правда. 1917. 5 марта. С. 2.", "Правда. 1917. 5 марта. С. 2"),
]


@pytest.mark.parametrize(("text", "cited"), WORKS)
def test_a_work_is_cited_from_its_author_to_its_last_number(text: str, cited: str) -> None:
    assert "|".join(spans(text)) == cited


ARCHIVES = [
    ("Letter of 3 May, GARF f.170 op.3 d.42 l.7, Hale to Moor, 7 Dec. 1911.", "GARF f.170 op.3 d.42 l.7"),
    ("АВП РФ. Ф. 06. Оп. 1. Д. 22. Л. 5–6 об.", "АВП РФ. Ф. 06. Оп. 1. Д. 22. Л. 5–6 об."),
    ("ОР РГБ. Ф. 218. К. 13. Ед. хр. 5. Л. 3.", "ОР РГБ. Ф. 218. К. 13. Ед. хр. 5. Л. 3"),
    ("Hale to Moor, TNA FO 371 20011 N12 & N134/5/38.", "TNA FO 371 20011 N12 & N134/5/38"),
    ("TNA CAB 23/100 33(39)9; TNA, ADM 101/253, fols. 12–14.", "TNA CAB 23/100 33(39)9|TNA, ADM 101/253, fols. 12–14"),
    (
        "GStA PK, I. HA Rep. 76, Nr. 12, Bl. 3; BArch, R 901/1234.",
        "GStA PK, I. HA Rep. 76, Nr. 12, Bl. 3|BArch, R 901/1234",
    ),
    ("Staatsarchiv Hafen, 621-1, Nr. 12, Bl. 3.", "Staatsarchiv Hafen, 621-1, Nr. 12, Bl. 3"),
    (
        "AN, F7 12345, fol. 18 ; AMAE, Guerre, Ports, vol. 8, fol. 4.",
        "AN, F7 12345, fol. 18|AMAE, Guerre, Ports, vol. 8, fol. 4",
    ),
    ("NARA, RG 59, 861.00/1234.", "NARA, RG 59, 861.00/1234"),
    ("Box 12, Folder 3, Roe Papers, Library of Congress.", "Box 12, Folder 3, Roe Papers, Library of Congress"),
    ("In the Marshland Record Office, D/EFi, box 3.", "Marshland Record Office, D/EFi, box 3"),
    ("Fenland University Library, MS FEN 166, fol. 221.", "Fenland University Library, MS FEN 166, fol. 221"),
    (
        "See Moor papers, diary, MOOR 7/32, 15 Feb. 1911; Moor, Salt, p. 4.",
        "Moor papers, diary, MOOR 7/32, 15 Feb. 1911|Moor, Salt, p. 4",
    ),
    ("Tarn papers, TARN 3/2, Roux to Hale, 3 May 1911.", "TARN 3/2"),
    ("Tarn papers, box 12, folder 3.", "Tarn papers, box 12, folder 3"),
    ("Nachlass Rankenau, Mappe 4, Bl. 2.", "Nachlass Rankenau, Mappe 4, Bl. 2"),
]


@pytest.mark.parametrize(("text", "cited"), ARCHIVES)
def test_a_shelf_mark_is_cited_and_not_what_the_item_is(text: str, cited: str) -> None:
    assert "|".join(spans(text)) == cited
    assert {one.rule for one in find(text)} <= {"archival", "author and title"}


BACK = [
    ("Ibid., p. 5.", "Ibid., p. 5"),
    ("Ibid.", "Ibid."),
    ("Roe, Ice, p. 5; ibid., 45–7.", "Roe, Ice, p. 5|ibid., 45–7"),
    ("So, less kindly, Roe, op. cit., pp. 52–3.", "Roe, op. cit., pp. 52–3"),
    ("Loc. cit.", "Loc. cit."),
    ("Ebd., S. 12; Winter, a. a. O., S. 13 f.", "Ebd., S. 12|Winter, a. a. O., S. 13 f."),
    ("Там же. С. 20; там же, л. 23.", "Там же. С. 20|там же, л. 23"),
    ("Рогов А. Б. Указ. соч. С. 34.", "Рогов А. Б. Указ. соч. С. 34"),
]


@pytest.mark.parametrize(("text", "cited"), BACK)
def test_words_that_point_back_are_citations(text: str, cited: str) -> None:
    assert "|".join(spans(text)) == cited


MORE = [
    (
        "Ashdown Archives, WB/4/211; Nationaal Archief, 2.05.52, inv. no. 114.",
        "Ashdown Archives, WB/4/211|Nationaal Archief, 2.05.52, inv. no. 114",
    ),
    (
        "It is in Centre of Fen Studies, Cambridge, Roe papers, box 2; Archivo de Sal, Notaría Quinta, caja 3.",
        "Centre of Fen Studies, Cambridge, Roe papers, box 2|Archivo de Sal, Notaría Quinta, caja 3",
    ),
    (
        "RG 94, entry 12, box 4, National Archives. Stadtarchiv Salz, Senatsakten, Nr. 12, Bl. 4 f.",
        "RG 94, entry 12, box 4, National Archives|Stadtarchiv Salz, Senatsakten, Nr. 12, Bl. 4 f.",
    ),
    (
        "Bodleian Library, Oxford, MS Eng. hist. c. 734, fols. 23–4; her evidence, ibid., MS 33,606.",
        "Bodleian Library, Oxford, MS Eng. hist. c. 734, fols. 23–4|ibid., MS 33,606",
    ),
    (
        "Roe papers, box 3, bundle 12; Hale papers, engagement diary, 4 Apr. 1938.",
        "Roe papers, box 3, bundle 12|Hale papers, engagement diary, 4 Apr. 1938",
    ),
    (
        "See Coe, “Who Ate the Salt? A Reply,” Harbour Review 9, no. 3 (1991): 211–14.",
        "Coe, “Who Ate the Salt? A Reply,” Harbour Review 9, no. 3 (1991): 211–14",
    ),
    (
        "Vgl. F. Hahn, Ende und Anfang. Eine Stadt im Krieg, München 1954, S. 77.",
        "F. Hahn, Ende und Anfang. Eine Stadt im Krieg, München 1954, S. 77",
    ),
    (
        "The best account is K. Roe, The Salt Road: A History (Leeds, 1977), ch. 4.",
        "K. Roe, The Salt Road: A History (Leeds, 1977), ch. 4",
    ),
    (
        "So the account of S. Roe, ‘Salt and Ice, 1830–1835’ (PhD thesis, University of Hull, 1978), pp. 1–9.",
        "S. Roe, ‘Salt and Ice, 1830–1835’ (PhD thesis, University of Hull, 1978), pp. 1–9",
    ),
    (
        "It was examined by Lois Hale in ‘The Salt’, Harbour Review, 9 (1979), pp. 4–6.",
        "‘The Salt’, Harbour Review, 9 (1979), pp. 4–6",
    ),
    (
        "ZZP, 1939, XXII, bk. 1, doc. 229, and M. Hale, A Town and its Beasts: Salt 1835–1935 (Leeds, 1936), p. 2.",
        "ZZP, 1939, XXII, bk. 1, doc. 229|M. Hale, A Town and its Beasts: Salt 1835–1935 (Leeds, 1936), p. 2",
    ),
    (
        "2 & 3 Will. IV, c. 45; Fen Drainage (Ireland) Act, 1847, 10 & 11 Vict., c. 7.",
        "2 & 3 Will. IV, c. 45|Fen Drainage (Ireland) Act, 1847, 10 & 11 Vict., c. 7",
    ),
    (
        "Parl. Papers, 1884–5, LXXX, C. 4280; Salt Letters and Papers, ed. N. Roe (Oxford, 1971), no. 92 and p. 7.",
        "Parl. Papers, 1884–5, LXXX, C. 4280|Salt Letters and Papers, ed. N. Roe (Oxford, 1971), no. 92 and p. 7",
    ),
    ("См. о нём: Зима Л. К. Хлеб и соль: Очерк. М., 1999. С. 4.", "Зима Л. К. Хлеб и соль: Очерк. М., 1999. С. 4"),
]


@pytest.mark.parametrize(("text", "cited"), MORE)
def test_the_habits_of_other_editors_are_known(text: str, cited: str) -> None:
    assert "|".join(spans(text)) == cited


def test_a_name_in_the_midst_of_a_sentence_belongs_to_the_words_that_point_back() -> None:
    assert spans("R. Hale, Ice (London, 1901), p. 3; against it Hale, op. cit., part II (1903), p. 4.") == [
        "R. Hale, Ice (London, 1901), p. 3",
        "Hale, op. cit., part II (1903), p. 4",
    ]


NONE = [
    "He was a magistrate in Oxford, 1878–90, and lived at Fen House, 14 Broad Street.",
    "He left the National Library, 3 May 1911, at noon; the Salt Society, Fen House, met on 4 May.",
    "The University of Salt, where he taught from 1894, gave him a house, no. 12.",
    "Lecture to the Fen Society of London, 12 March 1861. The museum, box 4 on the left, was closed.",
    "He joined the Office of Works, room 12, and the Record Office in 1894.",
    "He was archivist of the Stadtarchiv, 1911–14; the Bibliothek, 4 Salzgasse, is older.",
    "He met J. B. Roe, Sir Edward Moor and M. Hale, all three of the Fen Society, in 1911.",
    "President of the Royal Institute, MA 1894, DD 1901; University College, Oxford, BA 1878, MP 1880.",
    "By 4 o’clock the Act was read; the King, in the 5th year of George IV, came on 4 May.",
    "Otto von Ahn, German chancellor, 1871–90.",
    "Friedrich Wolf (1841–1909), Semitist, seit 1870 Privatdozent in Berlin.",
    "Edward Moor, Viscount Salt, foreign secretary, 1938–40; later Lord Salt.",
    "See above, p. 48. Cf. note 3. See diary entry for 12 March 1911.",
    "He lived at No. 10, Harbour Street, in May 1911.",
    "He died in Riga, 5 June 1911, aged 45.",
    "Riga, 5 June 1911.",
    "Hale to Moor, 19 Feb. 1911.",
    "The Treaty of Tilsit (Tilsit, 1807) ended the war.",
    "HMS Gannet, sunk 22 June 1893; the boat PT 9 was lost in 1911.",
    "The Quartet, Op. 131, no. 2.",
    "Member for Salt East, 5 May 1900 to 3 June 1910.",
    "Educated at Fen College (Oxford, 1867), he entered the army.",
    "Commander of the Western Star, 3 May 1915.",
    "The paragraph appeared on 5 May 1911, p. 3, under a heading.",
    "Born in Leipzig, 1832; moved to London, 1851; died in Paris, 1890.",
    "d. 1867; b. 1840, d. 12 May 1901; at 3 p.m., l. 5.",
    "Her novel The Long Road (London, 1931) was read by everybody.",
    "King’s Own Regiment, No. 3 Company; No. 3 Commando, 5 May 1944, p.m.",
    "Matthew 5:3–12; Act III, scene 1.",
    "George III, d. 1820; Louis XIV, p. 5 of the manuscript.",
    "Пётр Соколов (1861–1919), хирург; дом № 5 по Невскому.",
    "Alexandre Marie, avocat, ministre, 1848; maison n° 12, rue Racine.",
]


@pytest.mark.parametrize("text", NONE)
def test_a_life_or_a_sentence_is_no_citation(text: str) -> None:
    assert spans(text) == []


FIELDS = [
    (
        "E. Hale, Salt and Ice (London: Harbour Press, 1931), vol. XVII, pp. xiv–xvi, 1012–3.",
        "author=E. Hale|title:m=Salt and Ice|pubPlace=London|publisher=Harbour Press|date=1931(1931)"
        "|biblScope:volume=XVII(17)|citedRange:page=xiv–xvi(xiv–xvi)|citedRange:page=1012–3(1012–1013)",
    ),
    (
        "ZZP, 1911, XXII/1, docs. 4 & 6.",
        "title:m=ZZP|date=1911(1911)|biblScope:volume=XXII/1(22/1)"
        "|citedRange:document=4(4–4)|citedRange:document=6(6–6)",
    ),
    (
        "Roe, ‘Ice’, Harbour Review 45, no. 2 (1940): 310–12.",
        "author=Roe|title:a=‘Ice’|title:j=Harbour Review|biblScope:volume=45(45)|biblScope:issue=2(2)"
        "|date=1940(1940)|citedRange:page=310–12(310–312)",
    ),
    (
        "Letters of a Vicar, ed. M. Hale (Oxford, 1881), p. 4.",
        "title:m=Letters of a Vicar|editor=M. Hale|pubPlace=Oxford|date=1881(1881)|citedRange:page=4(4–4)",
    ),
    (
        "The Times, 4 May 1911, p. 7.",
        "title:j=The Times|date=4 May 1911(1911-05-04)|citedRange:page=7(7–7)",
    ),
    (
        "TNA FO 371 20011 N12 & N134/5/38.",
        "orgName=TNA|idno:class=FO 371|idno:piece=20011|idno:paper=N12|idno:paper=N134/5/38",
    ),
    (
        "GARF f.17 op.4 d.42 l.1.",
        "orgName=GARF|idno:fond=f.17|idno:opis=op.4|idno:delo=d.42|citedRange:leaf=1(1–1)",
    ),
    (
        "Moor papers, diary, MOOR 7/32, 15 Feb. 1911.",
        "idno:collection=Moor papers|idno:collection=MOOR 7/32|date=15 Feb. 1911(1911-02-15)",
    ),
    ("Winter, Hafen, S. 112 f.", "author=Winter|title:m=Hafen|citedRange:page=112 f.(112–113)"),
    ("Winter, Hafen, S. 3 ff.", "author=Winter|title:m=Hafen|citedRange:page=3 ff.(3)"),
    ("Roe, Ice, pp. 90–17.", "author=Roe|title:m=Ice|citedRange:page=90–17(90)"),
]


@pytest.mark.parametrize(("text", "parts"), FIELDS)
def test_a_citation_is_taken_apart(text: str, parts: str) -> None:
    assert "|".join(fields(text)) == parts


def test_nothing_is_claimed_in_the_text_itself() -> None:
    assert run(document("<p>Moor, A Winter at Sea (London, 1931), p. 12.</p>"))[1].claims == []


def test_in_commentary_only_what_is_certain_is_claimed() -> None:
    root = document('<note type="commentary"><p>[See E. Hale, Salt, p. 4; ibid., p. 5; a box.]</p></note>')
    assert [one.form for one in run(root)[1].claims] == ["E. Hale, Salt, p. 4"]


def test_a_page_break_in_a_citation_does_not_part_it() -> None:
    claims = claims_of('Roe, Ice and <pb n="9"/>Men, p. 5.')
    assert [one.form for one in claims] == ["Roe, Ice and Men, p. 5"]


def test_what_is_cited_already_is_left() -> None:
    assert claims_of('<bibl corresp="bib:x">Roe, Ice, p. 5</bibl>.') == []
    assert claims_of("<ref>Roe, Ice, p. 5</ref>.") == []


def test_markup_that_crosses_a_citation_is_left_and_told() -> None:
    _, outcome = run(noted("<hi>said Roe, Ice</hi>, p. 5."))
    assert outcome.claims == []
    assert codes(outcome) == ["E-034"]


def test_a_title_set_apart_is_the_title() -> None:
    claims = claims_of("See <hi>on the ice of the north</hi>, p. 5; Roe, <hi>ice, salt, fish</hi>, p. 6.")
    assert [one.form for one in claims][-1] == "Roe, ice, salt, fish, p. 6"


MOOR = '<bibl xml:id="moor-winter"><author>E. Moor</author>, <title level="m">A Winter at Sea</title></bibl>'
SALT = '<bibl xml:id="moor-salt"><author>E. Moor</author>, <title level="m">Salt and Bread</title></bibl>'
ROE = '<bibl xml:id="roe-ice"><author>A. Roe</author>, <title level="m">Ice and Men</title></bibl>'
GARF = (
    '<msDesc xml:id="garf"><msIdentifier><repository>State Archive</repository>'
    '<altIdentifier type="siglum"><idno>GARF</idno></altIdentifier></msIdentifier></msDesc>'
)
LIBRARY = register(MOOR, SALT, ROE, GARF)


def values(*notes: str) -> list[str]:
    return [one.value.removeprefix("bib:") for one in claims_of(*notes, library=LIBRARY)]


def test_a_citation_points_to_its_record() -> None:
    claim = claims_of("Moor, Winter at Sea, p. 5.", library=LIBRARY)[0]
    assert claim.attributes == (("corresp", "bib:moor-winter"),)
    assert claim.certainty >= 0.9


def test_an_archive_is_found_by_its_siglum() -> None:
    claim = claims_of("GARF f.1 op.2 d.3.", library=LIBRARY)[0]
    assert claim.attributes == (("type", "archival"), ("corresp", "bib:garf"))


def test_without_a_record_there_is_no_pointer() -> None:
    assert claims_of("Hale, Tar, p. 5.", library=LIBRARY)[0].attributes == ()


@pytest.mark.parametrize(
    ("notes", "meant"),
    [
        (("Moor, Winter at Sea, p. 5; ibid., p. 6.",), ["moor-winter", "moor-winter"]),
        (("Moor, Winter at Sea, p. 5.", "Ibid., p. 6."), ["moor-winter", "moor-winter"]),
        (("Moor, Winter at Sea, p. 5; Roe, Ice and Men, p. 1.", "Ibid."), ["moor-winter", "roe-ice", "roe-ice"]),
        (
            ("Moor, Winter at Sea, p. 5.", "Roe, Ice and Men, p. 1.", "Moor, op. cit., p. 2."),
            ["moor-winter", "roe-ice", "moor-winter"],
        ),
        (("Roe, op. cit., p. 2.",), ["roe-ice"]),
        (("GARF f.1 op.2 d.3 l.4; там же, л. 5.",), ["garf", "garf"]),
        (("Roe, Ice and Men, p. 1, and GARF f.1 op.2 d.3; ibid., p. 5.",), ["roe-ice", "garf", "roe-ice"]),
        (("Roe, Ice and Men, p. 1; Roe, p. 7.",), ["roe-ice", "roe-ice"]),
        (("A. Roe, Ice and Men (York, 1911), 14. Roe, Ice, 27.",), ["roe-ice", "roe-ice"]),
    ],
)
def test_words_that_point_back_find_what_they_mean(notes: tuple[str, ...], meant: list[str]) -> None:
    assert values(*notes) == meant


def test_ibid_after_several_works_has_the_others_as_alternatives() -> None:
    claim = claims_of("Moor, Winter at Sea, p. 5; Roe, Ice and Men, p. 1.", "Ibid.", library=LIBRARY)[-1]
    assert claim.value == "bib:roe-ice"
    assert [value for value, _ in claim.alternatives] == ["bib:moor-winter"]
    assert claim.certainty < 0.9


def test_ibid_after_a_citation_that_an_editor_marked_means_that() -> None:
    claims = claims_of('<bibl corresp="bib:moor-salt">Moor, Salt, p. 1</bibl>; ibid., p. 2.', library=LIBRARY)
    assert [one.value for one in claims] == ["bib:moor-salt"]


def test_ibid_after_nothing_is_told() -> None:
    _, outcome = run(noted("Ibid., p. 5."))
    assert codes(outcome) == ["E-030"]
    assert outcome.claims[0].value == ""


def test_op_cit_of_an_unknown_author_is_told() -> None:
    assert codes(run(noted("Hale, op. cit., p. 5."), LIBRARY)[1]) == ["E-031"]


def test_op_cit_of_an_author_of_two_works_is_told() -> None:
    _, outcome = run(noted("Moor, op. cit., p. 5."), LIBRARY)
    assert codes(outcome) == ["E-032"]
    assert outcome.claims[0].certainty < 0.7


def test_a_bare_page_after_an_unknown_short_title_is_not_claimed() -> None:
    assert claims_of("Grey, Lord High Admiral, 45.") == []


def test_a_range_that_runs_backwards_is_told() -> None:
    assert codes(run(noted("Roe, Ice and Men, pp. 90–17."))[1]) == ["E-035"]


def test_what_the_register_has_is_not_sighted() -> None:
    seen = survey(tuple(passages(noted("Roe, Ice, p. 1; Hale, Tar, p. 2; ibid."))), _ENTRY, LIBRARY)
    assert [(one.form, one.entry) for one in seen] == [("Hale, Tar, p. 2", "d1911-03-02")]


def test_after_a_proposal_every_citation_points_somewhere() -> None:
    root = noted("Hale, Tar, p. 2; TNA FO 371/1234; ZZP, 1911, II, doc. 3.", "Ibid., doc. 4; Hale, Tar and Rope, p. 5.")
    library = propose(LIBRARY, survey(tuple(passages(root)), _ENTRY, LIBRARY))
    claims = run(root, library)[1].claims
    assert [one.value for one in claims] == ["bib:hale-tar-rope", "bib:tna", "bib:zzp", "bib:zzp", "bib:hale-tar-rope"]
    assert survey(tuple(passages(root)), _ENTRY, library) == ()


@pytest.mark.parametrize(
    ("first", "last", "out"),
    [("259", "60", "260"), ("1012", "3", "1013"), ("65", "66", "66"), ("90", "17", ""), ("xiv", "xvi", "xvi")],
)
def test_elided_numbers_are_written_out(first: str, last: str, out: str) -> None:
    assert written_out(first, last) == out


@pytest.mark.parametrize(
    ("numeral", "value"), [("XVII", 17), ("iv", 4), ("MCMXI", 1911), ("IIX", 0), ("", 0), ("abc", 0)]
)
def test_roman_numerals_are_read(numeral: str, value: int) -> None:
    assert roman(numeral) == value
    assert arabic("XXII/1") == "22/1"


_PIECES = st.sampled_from(
    "Moor Ice and the of in p. pp. 12 259–60 1911 (London, 1931) , ; . : // ‘ ’ “ ” « » „ ( ) [ ] & – TNA FO 371 3/2 "
    "f.12 op.3 d.4 l.5 Ф. Оп. ibid. op. cit. ed. Bd. 2 S. t. II Т. С. № 3 vol. IV Box Folder papers, diary, 3 May XVII "
    "no. docs. Cmd. 5721 A. Б. К. \u00a0 Roe, Hale, Letters Times".split(" ")
)


@given(st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=30).map(" ".join)))
def test_citations_lie_in_any_text_one_after_another(text: str) -> None:
    end = 0
    for one in find(text):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        end = one.end
        edge = one.start
        for mark in sorted(one.marks, key=lambda each: each.start):
            assert edge <= mark.start < mark.end <= one.end
            edge = mark.end


@given(trees())
def test_claims_hold_in_any_tree(root: etree._Element) -> None:
    def rules(read: tuple[Passage, ...], entry: Entry) -> Outcome:
        return citations(read, entry, LIBRARY)

    check_claims(root, rules)


@pytest.mark.parametrize(
    "piece",
    [
        "no. 5, ",
        "p. 1 ",
        "A. B. ",
        "(London ",
        "‘a ",
        "Aa, ",
        "I, V, ",
        "«",
        "A",
        "5 May 1911, ",
        "Aa papers, ",
        "f. 1 ",
    ],
)
def test_hostile_text_takes_no_more_than_its_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        began = time.perf_counter()
        find(text)
        return time.perf_counter() - began

    seconds(500)
    assert seconds(8000) < 12 * max(seconds(2000), 0.01)
