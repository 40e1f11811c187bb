"""Dates and times of day in four languages: how far each reaches, which year is meant, and what is none."""

from __future__ import annotations

import pytest

from pipeline.enrich.dates.resolve import dated

# Text, the entry's date, and what is found: `form=value`; `..` parts the ends of a span, `|` those of a choice,
# `j` after a value says that the text gives it by the Julian calendar, `T` that it is a time of day.
ENGLISH = [
    # Full dates in all orders.
    ("The treaty was signed on 7 December 1934.", "1934-12-13", "7 December 1934=1934-12-07"),
    ("A letter of 7 Dec. 1934, unsigned", "1940-01-01", "7 Dec. 1934=1934-12-07"),
    ("Pell to Rudin, 7 Dec. 1934.", "1940-01-01", "7 Dec. 1934=1934-12-07"),
    ("Pell to Rudin, 7 Dec. 1934, and a copy", "1940-01-01", "7 Dec. 1934=1934-12-07"),
    ("On December 7th, 1934, he sailed", "1940-01-01", "December 7th, 1934=1934-12-07"),
    ("On December 7, 1934 he sailed", "1940-01-01", "December 7, 1934=1934-12-07"),
    ("On the 7th of December, 1934, he sailed", "1940-01-01", "7th of December, 1934=1934-12-07"),
    ("On the 7th December 1934", "1940-01-01", "7th December 1934=1934-12-07"),
    ("on the third day of May 1821", "1830-01-01", "third day of May 1821=1821-05-03"),
    ("on the twenty-first of June", "1830-07-01", "twenty-first of June=1830-06-21"),
    ("It was dated 7.12.1934 in ink", "1935-01-01", "7.12.1934=1934-12-07"),
    ("It was dated 1934-12-07 in ink", "1935-01-01", "1934-12-07=1934-12-07"),
    ("It was dated 7/XII 34 in ink", "1935-01-01", "7/XII 34=1934-12-07"),
    ("It was dated 7.XII.1934 in ink", "1935-01-01", "7.XII.1934=1934-12-07"),
    ("It was dated 7 XII 1934 in ink", "1935-01-01", "7 XII 1934=1934-12-07"),
    ("It was dated 27/12/1934 in ink", "1935-01-01", "27/12/1934=1934-12-27"),
    ("It was dated 12/27/1934 in ink", "1935-01-01", "12/27/1934=1934-12-27"),
    ("On 7 Dec. ’34 he sailed", "1935-01-01", "7 Dec. ’34=1934-12-07"),
    ("on 7\u00a0December\u00a01934 we", "1935-01-01", "7\u00a0December\u00a01934=1934-12-07"),
    ("ON 7 DECEMBER 1934", "1935-01-01", "7 DECEMBER 1934=1934-12-07"),
    # Weekdays belong to the date.
    ("On Monday 3 May 1937 we met", "1937-06-01", "Monday 3 May 1937=1937-05-03"),
    ("on Monday, 3 May, we met", "1937-06-01", "Monday, 3 May=1937-05-03"),
    ("on Monday, May 3rd, we met", "1937-06-01", "Monday, May 3rd=1937-05-03"),
    ("on Mon. 3 May we met", "1937-06-01", "Mon. 3 May=1937-05-03"),
    ("on Tuesday the 20th of May", "1862-05-14", "Tuesday the 20th of May=1862-05-20"),
    ("We dine on Tuesday the 20th, if the roads allow", "1862-05-14", "Tuesday the 20th=1862-05-20"),
    # Without a year: nearest in sense.
    ("We had not met since 9 August.", "1934-12-13", "9 August=1934-08-09"),
    ("He spoke of the note of 5 December.", "1934-12-13", "5 December=1934-12-05"),
    ("the speech of 30 January", "1939-02-03", "30 January=1939-01-30"),
    ("the speech of 30 December", "1939-02-03", "30 December=1938-12-30"),
    ("I am to see him on 5 January.", "1934-12-28", "5 January=1935-01-05"),
    ("The House will meet on 12 January.", "1934-12-28", "12 January=1935-01-12"),
    ("We shall leave for Rome on 15 March.", "1934-12-28", "15 March=1935-03-15"),
    ("I saw him on 5 January, and not once after.", "1934-06-28", "5 January=1934-01-05"),
    ("he has leave until 18 October", "1862-10-02", "18 October=1862-10-18"),
    ("Parliament was opened on 20 November.", "1935-02-01", "20 November=1934-11-20"),
    ("today, 3 February, it snowed", "1939-02-03", "3 February=1939-02-03"),
    ("on 29 February last he rode out", "1933-03-05", "29 February=1932-02-29"),
    ("on 3 May of last year", "1938-09-01", "3 May=1937-05-03"),
    ("on 3 May next", "1938-09-01", "3 May=1939-05-03"),
    # A day of a month that is not named.
    ("two fewer than on the 9th: four", "1853-02-11", "9th=1853-02-09"),
    ("Your letter of the 9th inst. came", "1862-05-14", "9th inst.=1862-05-09"),
    ("Your letter of the 28th ult. came", "1862-05-14", "28th ult.=1862-04-28"),
    ("the meeting of the 3rd prox. is put off", "1862-05-14", "3rd prox.=1862-06-03"),
    ("We sail on the 17th.", "1862-05-14", "17th=1862-05-17"),
    ("We sailed on the 28th, in fog", "1862-05-14", "28th=1862-04-28"),
    # Months.
    ("He came back in June.", "1934-12-13", "June=1934-06"),
    ("I shall go north in June.", "1934-12-13", "June=1935-06"),
    ("In February 1938 he succeeded Eden.", "1938-05-23", "February 1938=1938-02"),
    ("in early May we heard", "1938-05-23", "May=1938-05"),
    ("until the end of August", "1938-05-23", "August=1938-08"),
    ("We met last October", "1938-05-23", "October=1937-10"),
    ("next March he goes", "1938-05-23", "March=1939-03"),
    ("It rained since March.", "1938-05-23", "March=1938-03"),
    ("The congress of January was quiet", "1938-05-23", "January=1938-01"),
    ("in March and April 1938", "1938-05-23", "March=1938-03; April 1938=1938-04"),
    ("March–April 1938", "1938-05-23", "March–April 1938=1938-03..1938-04"),
    ("minister, January–June 1936.", "1938-05-23", "January–June 1936=1936-01..1936-06"),
    ("from November 1935 to March 1936", "1938-05-23", "November 1935 to March 1936=1935-11..1936-03"),
    # Lists and spans of days.
    ("See 3 & 17 May 1921.", "1930-01-01", "3=1921-05-03; 17 May 1921=1921-05-17"),
    ("on 3, 5 and 17 May 1921", "1930-01-01", "3=1921-05-03; 5=1921-05-05; 17 May 1921=1921-05-17"),
    ("on 21 and 22 May he drove", "1938-05-23", "21=1938-05-21; 22 May=1938-05-22"),
    ("on May 3 and 5, 1921", "1930-01-01", "May 3=1921-05-03; 5, 1921=1921-05-05"),
    ("We stay from 3 to 5 May.", "1938-05-02", "3 to 5 May=1938-05-03..1938-05-05"),
    ("from the 3rd to the 5th of May", "1938-05-23", "3rd to the 5th of May=1938-05-03..1938-05-05"),
    ("between 3 and 5 May it rained", "1938-05-23", "3 and 5 May=1938-05-03..1938-05-05"),
    ("between 3 May and 5 June it rained", "1938-06-23", "3 May and 5 June=1938-05-03..1938-06-05"),
    ("12–14 June", "1938-06-23", "12–14 June=1938-06-12..1938-06-14"),
    ("1–19 Dec. 1939.", "1940-06-23", "1–19 Dec. 1939=1939-12-01..1939-12-19"),
    ("28 February–3 March 1938", "1940-06-23", "28 February–3 March 1938=1938-02-28..1938-03-03"),
    ("from 28 December to 3 January 1939", "1940-06-23", "28 December to 3 January 1939=1938-12-28..1939-01-03"),
    ("March 28–April 3, 1938", "1940-06-23", "March 28–April 3, 1938=1938-03-28..1938-04-03"),
    ("on 28 February, 3 March and 5 April 1938", "1940-06-23",
     "28 February=1938-02-28; 3 March=1938-03-03; 5 April 1938=1938-04-05"),
    ("on 3 May 1937 and 17 May he", "1940-06-23", "3 May 1937=1937-05-03; 17 May=1937-05-17"),
    ("on the night of 3/4 May", "1940-06-23", "3/4 May=1940-05-03..1940-05-04"),
    ("on 3 or 4 May", "1940-06-23", "3 or 4 May=1940-05-03|1940-05-04"),
    # Years, decades, seasons.
    ("In 1919 he wrote", "1934-12-13", "1919=1919"),
    ("the crisis of 1931, and", "1934-12-13", "1931=1931"),
    ("a man of before 1914.", "1934-12-13", "1914=1914"),
    ("the reforms (1906) failed", "1934-12-13", "1906=1906"),
    ("minister, 1871–90.", "1934-12-13", "1871–90=1871..1890"),
    ("He lived from 1861 to 1919.", "1934-12-13", "1861 to 1919=1861..1919"),
    ("between 1928 and 1930 he", "1934-12-13", "1928 and 1930=1928..1930"),
    ("in 1914/15 nobody", "1934-12-13", "1914/15=1914..1915"),
    ("in 1928-9 nobody", "1934-12-13", "1928-9=1928..1929"),
    ("(b. 1824 or 1825), shoemaker", "1853-02-11", "1824 or 1825=1824|1825"),
    ("the pride of the 1890s.", "1934-12-13", "1890s=1890..1899"),
    ("in the ’nineties.", "1934-12-13", "’nineties=1890..1899"),
    ("in the twenties, he", "1934-12-13", "twenties=1920..1929"),
    ("in the twenties and thirties.", "1942-12-13", "twenties=1920..1929; thirties=1930..1939"),
    ("autumn 1919 to spring 1921", "1934-12-13", "autumn 1919 to spring 1921=1919-09..1921-05"),
    ("in 1931, 1932 and 1933 he", "1934-12-13", "1931=1931; 1932=1932; 1933=1933"),
    ("since ’48.", "1862-12-13", "’48=1848"),
    ("his 1934 diary", "1934-12-13", "1934=1934"),
    ("early in 1933 and mid-1934", "1934-12-13", "1933=1933; 1934=1934"),
    ("the summer of 1918", "1934-12-13", "summer of 1918=1918-06..1918-08"),
    ("in spring 1918", "1934-12-13", "spring 1918=1918-03..1918-05"),
    ("the winter of 1916", "1934-12-13", "winter of 1916=1916-12..1917-02"),
    ("the winter of 1916–17", "1934-12-13", "winter of 1916–17=1916-12..1917-02"),
    ("built about 1890.", "1934-12-13", "1890=1890"),
    ("built c. 1890.", "1934-12-13", "1890=1890"),
    # Feasts.
    ("I ought to have written on Michaelmas Day, but", "1862-10-02", "Michaelmas Day=1862-09-29"),
    ("We go home at Christmas.", "1862-10-02", "Christmas=1862-12-25"),
    ("on Christmas Eve 1914 they sang", "1915-01-02", "Christmas Eve 1914=1914-12-24"),
    ("on New Year’s Day we skated", "1862-01-09", "New Year’s Day=1862-01-01"),
    ("On New Year's Eve we danced", "1862-01-09", "New Year's Eve=1861-12-31"),
    ("We go home next Michaelmas, or", "1862-12-02", "Michaelmas=1863-09-29"),
    ("last Christmas we", "1862-03-02", "Christmas=1861-12-25"),
    ("On May Day we marched", "1926-05-03", "May Day=1926-05-01"),
    ("on the Fourth of July", "1926-07-05", "Fourth of July=1926-07-04"),
    ("on St. Andrew’s Day", "1862-12-09", "St. Andrew’s Day=1862-11-30"),
    ("All Saints’ Day was wet", "1862-12-09", "All Saints’ Day=1862-11-01"),
    ("Bastille Day was wet", "1862-08-09", "Bastille Day=1862-07-14"),
    ("on Easter Monday 1916", "1916-05-09", "Easter Monday 1916=1916-04-24"),
    ("between Christmas and the New Year, and", "1929-12-20", "Christmas and the New Year=1929-12-25..1930-01-01"),
    # Calendars.
    ("It is dated 25 March (o.s.), and", "1885-04-21", "25 March (o.s.)=1885-04-06j"),
    ("It is dated 25 March 1885 O.S. by him", "1885-04-21", "25 March 1885 O.S.=1885-04-06j"),
    ("on 11 February 1731 (old style)", "1740-04-21", "11 February 1731 (old style)=1731-02-22j"),
    ("dated 25 March 1885, O.S., by him", "1885-04-21", "25 March 1885, O.S.=1885-04-06j"),
    ("in March 1917 (o.s.) he", "1917-04-21", "March 1917 (o.s.)=1917-03-14..1917-04-13j"),
    ("on 25 October (7 November) 1917", "1917-12-01", "25 October (7 November) 1917=1917-11-07"),
    ("It is dated 1/14 May 1918.", "1920-01-01", "1/14 May 1918=1918-05-14"),
    ("It is dated 18/30 June 1871.", "1872-01-01", "18/30 June 1871=1871-06-30"),
    ("It is dated 28 May/10 June 1905.", "1906-01-01", "28 May/10 June 1905=1905-06-10"),
    # Times of day.
    ("He rose at 9 a.m., as ever", "1939-05-21", "9 a.m.=T09:00:00"),
    ("They sat down at 11.30 a.m. Rain fell", "1939-05-21", "11.30 a.m.=T11:30:00"),
    ("We met at 3:20 pm and", "1939-05-21", "3:20 pm=T15:20:00"),
    ("The boat came in at 7.13 in the morning.", "1939-05-21", "7.13 in the morning=T07:13:00"),
    ("at half past seven in the evening", "1939-05-21", "half past seven in the evening=T19:30:00"),
    ("at a quarter to four in the afternoon", "1939-05-21", "a quarter to four in the afternoon=T15:45:00"),
    ("it was five minutes to twelve at night", "1939-05-21", "five minutes to twelve at night=T23:55:00"),
    ("before eight o’clock", "1939-05-21", "eight o’clock=T08:00:00"),
    ("supper at eight o’clock", "1939-05-21", "eight o’clock=T20:00:00"),
    ("tea at five o'clock", "1939-05-21", "five o'clock=T17:00:00"),
    ("At noon we stopped; long past midnight we slept", "1939-05-21", "noon=T12:00:00; midnight=T00:00:00"),
    ("came by the 9.40, and", "1939-05-21", "9.40=T09:40:00"),
    ("It is almost eleven at night, and", "1939-05-21", "eleven at night=T23:00:00"),
    ("We spoke her at two in the afternoon.", "1939-05-21", "two in the afternoon=T14:00:00"),
    ("In the evening I wrote. He called at half past nine.", "1939-05-21", "half past nine=T21:30:00"),
    ("At 12.30 they left, at 5.30 I woke", "1939-05-21", "12.30=T12:30:00; 5.30=T05:30:00"),
    ("at ½ past seven in the evening", "1939-05-21", "½ past seven in the evening=T19:30:00"),
    ("stand-to at 0430; attack at 0545 hrs.", "1916-07-01", "0430=T04:30:00; 0545 hrs=T05:45:00"),
    ("at 10.15, 11.30 and 4.45", "1939-05-21", "10.15=T10:15:00; 11.30=T11:30:00; 4.45=T16:45:00"),
    ("To bed at ten.", "1939-05-21", "ten=T22:00:00"),
    ("left at 6 p.m. on 3 May 1939", "1939-05-21", "3 May 1939=1939-05-03; 6 p.m.=T18:00:00"),
]  # fmt: skip
ENGLISH_NONE = [
    "1,500 men marched past", "1500 men marched past", "in 1500 houses", "He paid £1934 for it", "cost 1934 roubles",
    "pp. 1934–36", "p. 12", "no. 1934", "docs. 415 & 416", "TNA FO 1934", "Cmd. 1934", "cols. 1808–13, 1820–25",
    "10 Downing Street", "1934 Main Street", "May I come?", "They may march in", "the march of events",
    "an august assembly", "He was second to none", "the second part", "yesterday", "on Monday", "the day after",
    "for half an hour", "an hour and a half", "nearly an hour and a half", "more than thirty minutes",
    "won by 3 to 1", "beat them 3–1", "John 3:16", "at 4.50 marks each", "at 2.5 per cent", "ten to one he fails",
    "it is 5.30 metres long", "last summer", "this winter", "in the autumn", "Easter", "Good Friday was wet",
    "the Christmas tree", "the noonday sun", "in his seventies", "Theresa May spoke", "Miss April Grey",
    "a letter from May", "in June’s room", "the 9th Division", "the 9th of their number", "the nineteenth century",
    "the first time", "chapter 12", "room 1914", "vol. 12, no. 3", "44 BC", "telephone 1934", "the class of 12",
    "half past", "a quarter of the men", "twelve men", "two in the bush", "in one hour", "one of the three",
    "at one with him", "at two points", "five of them", "the 4,000", "10–12 men", "the 1st battalion",
    "RAN f.17 op.4 d.1913 l.2", "N123 & N1890/57/38", "1938-built engines", "the Marchs dined",
]  # fmt: skip
GERMAN = [
    ("Berlin, Sonntag, den 3. November.", "1872-11-03", "Sonntag, den 3. November=1872-11-03"),
    ("Seit dem 11. Februar schreibe ich nicht.", "1873-02-16", "11. Februar=1873-02-11"),
    ("am 7. Dezember 1934 unterzeichnet", "1935-01-01", "7. Dezember 1934=1934-12-07"),
    ("am 7. Dez. 1934 unterzeichnet", "1935-01-01", "7. Dez. 1934=1934-12-07"),
    ("am 7.12.1934 unterzeichnet", "1935-01-01", "7.12.1934=1934-12-07"),
    ("am 7. 12. 1934 unterzeichnet", "1935-01-01", "7. 12. 1934=1934-12-07"),
    ("am 7.12.34 unterzeichnet", "1935-01-01", "7.12.34=1934-12-07"),
    ("den 1. Jänner 1811", "1835-01-01", "1. Jänner 1811=1811-01-01"),
    ("am 3. und 5. Mai 1921", "1935-01-01", "3.=1921-05-03; 5. Mai 1921=1921-05-05"),
    ("vom 3. bis 5. Mai 1921", "1935-01-01", "3. bis 5. Mai 1921=1921-05-03..1921-05-05"),
    ("vom 3. bis zum 5. Mai 1921", "1935-01-01", "3. bis zum 5. Mai 1921=1921-05-03..1921-05-05"),
    ("zwischen dem 3. und 5. Mai 1921", "1935-01-01", "3. und 5. Mai 1921=1921-05-03..1921-05-05"),
    ("am fünften Mai kam er", "1935-06-01", "fünften Mai=1935-05-05"),
    ("am 9. d. M. kam er", "1935-06-11", "9. d. M.=1935-06-09"),
    ("am 9. v. M. kam er", "1935-06-11", "9. v. M.=1935-05-09"),
    ("am 9. kam er zurück", "1935-06-11", "9.=1935-06-09"),
    ("im Juni kam er", "1935-08-11", "Juni=1935-06"),
    ("Anfang Mai reise ich", "1935-04-11", "Mai=1935-05"),
    ("im August 1914", "1935-04-11", "August 1914=1914-08"),
    ("bis 1880 ein Mittelpunkt", "1872-04-11", "1880=1880"),
    ("im Jahre 1867", "1872-04-11", "1867=1867"),
    ("verlor 1867 zum zweiten Mal sein Amt", "1872-04-11", "1867=1867"),
    ("Minister, 1872–1879.", "1872-04-11", "1872–1879=1872..1879"),
    ("von 1872 bis 1879 Minister", "1872-04-11", "1872 bis 1879=1872..1879"),
    ("vom Winter 1846 an", "1872-04-11", "Winter 1846=1846-12..1847-02"),
    ("im Winter 1846/47", "1872-04-11", "Winter 1846/47=1846-12..1847-02"),
    ("im Sommer 1848", "1872-04-11", "Sommer 1848=1848-06..1848-08"),
    ("die zwanziger Jahre", "1935-04-11", "zwanziger Jahre=1920..1929"),
    ("in den 1920er Jahren", "1935-04-11", "1920er Jahren=1920..1929"),
    ("will zu Weihnachten kommen", "1872-11-03", "Weihnachten=1872-12-25"),
    ("zu Silvester", "1872-11-03", "Silvester=1872-12-31"),
    ("an Neujahr war er hier", "1872-01-12", "Neujahr=1872-01-01"),
    ("am 9. Januar 1905 (a. St.) schrieb er", "1905-02-03", "9. Januar 1905 (a. St.)=1905-01-22j"),
    ("um halb elf abends", "1872-11-03", "halb elf abends=T22:30:00"),
    ("Gegen elf Uhr vormittags kam er", "1872-11-03", "elf Uhr vormittags=T11:00:00"),
    ("Heute früh um 9 Uhr am Pult", "1872-11-03", "9 Uhr=T09:00:00"),
    ("um 9 Uhr 30 abends", "1872-11-03", "9 Uhr 30 abends=T21:30:00"),
    ("um 9.30 Uhr", "1872-11-03", "9.30 Uhr=T09:30:00"),
    ("um Viertel nach drei nachmittags", "1872-11-03", "Viertel nach drei nachmittags=T15:15:00"),
    ("fünf Minuten vor zwölf mittags", "1872-11-03", "fünf Minuten vor zwölf mittags=T11:55:00"),
    ("um Mitternacht", "1872-11-03", "Mitternacht=T00:00:00"),
    ("um 21 Uhr", "1930-11-03", "21 Uhr=T21:00:00"),
]  # fmt: skip
GERMAN_NONE = [
    "1500 Mann", "3000 Taler", "S. 1812", "Nr. 1867", "Bl. 21–26", "Bd. 12", "eine halbe Stunde", "vor drei Tagen",
    "am Montag", "Der Mai ist gekommen", "zum zweiten Mal", "drei Viertel der Leute", "im Winter", "gestern",
    "zu Mittag gegessen", "Kreuzstraße 12", "acht Männer", "um sieben Taler", "Zimmer 12", "der 9. Band",
]  # fmt: skip
FRENCH = [
    ("La pluie tombait depuis le mardi 22 février et", "1848-02-24", "mardi 22 février=1848-02-22"),
    ("le 1er mai 1890", "1891-02-24", "1er mai 1890=1890-05-01"),
    ("le 7 décembre 1834", "1835-02-24", "7 décembre 1834=1834-12-07"),
    ("le 7 déc. 1834, à Paris", "1835-02-24", "7 déc. 1834=1834-12-07"),
    ("le trois mai il partit", "1835-06-24", "trois mai=1835-05-03"),
    ("les 3 et 5 mai 1835", "1835-06-24", "3=1835-05-03; 5 mai 1835=1835-05-05"),
    ("du 3 au 5 mai 1835", "1835-06-24", "3 au 5 mai 1835=1835-05-03..1835-05-05"),
    ("entre le 3 et le 5 mai 1835", "1835-06-24", "3 et le 5 mai 1835=1835-05-03..1835-05-05"),
    ("en mai, il plut", "1835-06-24", "mai=1835-05"),
    ("au mois d’août il plut", "1835-10-24", "août=1835-08"),
    ("en avril 1848.", "1850-10-24", "avril 1848=1848-04"),
    ("fin juin nous irons", "1835-05-24", "juin=1835-06"),
    ("M. Petit (1794-1861), sous-chef", "1848-02-24", "1794-1861=1794..1861"),
    ("de 1915 à 1916.", "1916-09-02", "1915 à 1916=1915..1916"),
    ("en 1830, on", "1848-02-24", "1830=1830"),
    ("vers 1830, on", "1848-02-24", "1830=1830"),
    ("l’été 1847", "1848-02-24", "été 1847=1847-06..1847-08"),
    ("les années trente", "1948-02-24", "années trente=1930..1939"),
    ("la nuit de Noël", "1848-12-28", "nuit de Noël=1848-12-24"),
    ("à Noël, nous irons", "1848-12-18", "Noël=1848-12-25"),
    ("le 14 juillet, on dansa", "1912-07-16", "14 juillet=1912-07-14"),
    ("le jour de l’an", "1912-01-16", "jour de l’an=1912-01-01"),
    ("à sept heures et demie du matin", "1848-02-24", "sept heures et demie du matin=T07:30:00"),
    ("à une heure de l’après-midi", "1848-02-24", "une heure de l’après-midi=T13:00:00"),
    ("Rentré à onze heures du soir.", "1848-02-24", "onze heures du soir=T23:00:00"),
    ("Vers midi, le canon", "1848-02-24", "midi=T12:00:00"),
    ("à minuit", "1848-02-24", "minuit=T00:00:00"),
    ("À 10 h 30, visite", "1848-02-24", "10 h 30=T10:30:00"),
    ("à 9h30", "1848-02-24", "9h30=T09:30:00"),
    ("à huit heures moins le quart du soir", "1848-02-24", "huit heures moins le quart du soir=T19:45:00"),
    ("à 21 heures", "1948-02-24", "21 heures=T21:00:00"),
]  # fmt: skip
FRENCH_NONE = [
    "pendant deux heures", "deux heures de marche", "une demi-heure", "à deux heures de Paris", "1500 hommes",
    "p. 1848", "1848 francs", "dans le Midi", "l’après-midi", "hier", "le lundi", "Mars, dieu de la guerre",
    "les deux", "fol. 18", "12, rue Racine", "le père Noël", "en hiver", "AN, F7 12345", "Pâques", "le sept de pique",
]  # fmt: skip
RUSSIAN = [
    ("9 января ст. ст., в воскресенье, я вышел", "1905-01-10", "9 января ст. ст.=1905-01-22j"),
    ("7 декабря 1934 г. он писал", "1935-01-10", "7 декабря 1934 г.=1934-12-07"),
    ("7 декабря 1934 года он писал", "1935-01-10", "7 декабря 1934 года=1934-12-07"),
    ("7-го декабря он писал", "1935-01-10", "7-го декабря=1934-12-07"),
    ("Декабря 7, 1834", "1835-01-10", "Декабря 7, 1834=1834-12-07"),
    ("3 и 5 мая 1921 г.", "1935-01-10", "3=1921-05-03; 5 мая 1921 г.=1921-05-05"),
    ("9 (22) января 1905 г. шли", "1935-01-10", "9 (22) января 1905 г.=1905-01-22"),
    ("20-го приехал отец", "1905-02-25", "20-го=1905-02-20"),
    ("весной 1905-го", "1935-01-10", "весной 1905-го=1905-03..1905-05"),
    ("к 1905-му году", "1935-01-10", "1905-му году=1905"),
    ("с 3 по 5 мая 1921 г. шли", "1935-01-10", "3 по 5 мая 1921 г.=1921-05-03..1921-05-05"),
    ("между 3 и 5 мая 1921 г. шли", "1935-01-10", "3 и 5 мая 1921 г.=1921-05-03..1921-05-05"),
    ("двадцать пятого октября был дождь", "1935-11-10", "двадцать пятого октября=1935-10-25"),
    ("В ведомость за январь", "1905-01-10", "январь=1905-01"),
    ("в июне он приехал", "1905-09-10", "июне=1905-06"),
    ("в августе 1914 г. он", "1915-01-10", "августе 1914 г.=1914-08"),
    ("в 1919 году он", "1935-01-10", "1919 году=1919"),
    ("в 1919 г. он", "1935-01-10", "1919 г.=1919"),
    ("(1861–1919), хирург", "1905-01-10", "1861–1919=1861..1919"),
    ("в 1928—1930 гг. он", "1935-01-10", "1928—1930 гг.=1928..1930"),
    ("с 1928 по 1930 г. он", "1935-01-10", "1928 по 1930 г.=1928..1930"),
    ("летом 1918 г. он", "1935-01-10", "летом 1918 г.=1918-06..1918-08"),
    ("в 1930-х годах", "1935-01-10", "1930-х годах=1930..1939"),
    ("в двадцатых годах", "1935-01-10", "двадцатых годах=1920..1929"),
    ("на Рождество ездили", "1905-01-28", "Рождество=1905-01-07"),
    ("в десять часов утра", "1905-01-10", "десять часов утра=T10:00:00"),
    ("около двух часов дня", "1905-01-10", "двух часов дня=T14:00:00"),
    ("в 9 часов вечера", "1905-01-10", "9 часов вечера=T21:00:00"),
    ("в 9 ч. 30 м. утра", "1905-01-10", "9 ч. 30 м. утра=T09:30:00"),
    ("в половине восьмого вечера", "1905-01-10", "половине восьмого вечера=T19:30:00"),
    ("в полночь", "1905-01-10", "полночь=T00:00:00"),
    ("в полдень", "1905-01-10", "полдень=T12:00:00"),
    ("без четверти восемь утра", "1905-01-10", "без четверти восемь утра=T07:45:00"),
    ("в час дня", "1905-01-10", "час дня=T13:00:00"),
    ("в 19:30", "1935-01-10", "19:30=T19:30:00"),
]  # fmt: skip
RUSSIAN_NONE = [
    "1500 человек", "1500 рублей", "с. 1812", "Ф. 601. Оп. 1. Д. 22. Л. 5", "два часа", "через два часа", "полчаса",
    "вчера", "в понедельник", "зимой", "№ 1812", "второго полка", "май был тёплый", "пять человек", "первого раза",
]  # fmt: skip


def shown(text: str, entry: str, language: str, note: bool = False) -> str:
    """Return what is found in a text, as the tables write it."""
    days, hours = dated(text, entry, language, note)
    found = []
    for day in days:
        values = dict(day.attributes)
        julian = "j" if values.pop("calendar", "") == "#julian" else ""
        between = "|" if "notBefore" in values else ".."
        found.append(f"{text[day.written.start : day.written.end]}={between.join(values.values())}{julian}")
    return "; ".join([*found, *(f"{text[hour.start : hour.end]}=T{hour.iso}" for hour in hours)])


@pytest.mark.parametrize(
    ("text", "entry", "found", "language"),
    [
        (*row, language)
        for language, rows in (("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH), ("ru", RUSSIAN))
        for row in rows
    ],
)
def test_a_date_is_found_and_resolved(text: str, entry: str, found: str, language: str) -> None:
    assert shown(text, entry, language) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (text, language)
        for language, rows in (("en", ENGLISH_NONE), ("de", GERMAN_NONE), ("fr", FRENCH_NONE), ("ru", RUSSIAN_NONE))
        for text in rows
    ],
)
def test_what_is_no_date_is_left_alone(text: str, language: str) -> None:
    assert shown(text, "1934-12-13", language) == ""
    assert shown(text, "1934-12-13", language, note=True) == ""


MORE = [
    # Editors' notes: the year named before in the note; else the one nearest to the entry.
    ("On 3 May 1938 he wrote. On 17 May he was told.", "1940-01-01", "3 May 1938=1938-05-03; 17 May=1938-05-17"),
    ("On 28 December 1938 he wrote; on 3 January he was told.", "1940-01-01",
     "28 December 1938=1938-12-28; 3 January=1939-01-03"),
    ("Baptised at Albany on 3 April.", "1853-02-11", "3 April=1853-04-03"),
    ("The report of 18 November is lost.", "1872-11-03", "18 November=1872-11-18"),
    ("Dated 5 May; it arrived on the 9th.", "1938-05-19", "5 May=1938-05-05; 9th=1938-05-09"),
    # Lives and offices.
    ("Otto Reich, German minister, 1871–90.", "1934-12-13", "1871–90=1871..1890"),
    ("(b. 1867)", "1934-12-13", "1867=1867"),
    ("Ann Vane, actress, d. 1959.", "1934-12-13", "1959=1959"),
    ("(* 1867, † 1928)", "1934-12-13", "1867=1867; 1928=1928"),
    ("John Pell (12 May 1867 – 3 June 1928), engineer.", "1934-12-13",
     "12 May 1867 – 3 June 1928=1867-05-12..1928-06-03"),
    ("minister, 1935–38 and 1940–45; later 1955–57.", "1934-12-13",
     "1935–38=1935..1938; 1940–45=1940..1945; 1955–57=1955..1957"),
    ("MP, 1906–22, 1924–9, and 1931.", "1934-12-13", "1906–22=1906..1922; 1924–9=1924..1929; 1931=1931"),
    ("HC Deb., 5th ser., vol. 333, 14 Mar. 1938", "1938-05-09", "14 Mar. 1938=1938-03-14"),
    ("The Times, 9 October 1924, p. 14.", "1924-10-09", "9 October 1924=1924-10-09"),
    # A name of a month that is a person, beside a day.
    ("Pell papers, Pell to March, 4 June 1927.", "1929-12-20", "4 June 1927=1927-06-04"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entry", "found"), MORE)
def test_a_note_is_read_as_an_editor_writes(text: str, entry: str, found: str) -> None:
    assert shown(text, entry, "en", note=True) == found


@pytest.mark.parametrize(
    "text",
    ["Pell, Letters (London, 1970), p. 9", "DVP, 1934, XVII, docs. 4", "Byloe. 1906. № 3. S. 112", "nos. 65, 66, 1910",
     "(Pell 1825a, 10)", "op. 4, d. 1912"],
)  # fmt: skip
def test_years_of_a_citation_are_left_to_the_citation(text: str) -> None:
    assert shown(text, "1934-12-13", "en", note=True) == ""
