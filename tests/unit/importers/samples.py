"""Short news in many languages, written for these tests."""

from __future__ import annotations

NEWS = {
    "en": "The ministry’s spokesman said on Thursday t"
    "hat “no village” was hit – the strikes, he "
    "insisted, struck a depot. Residents told reporters that eleven people were buried.",
    "fr": "Le porte-parole du ministère a déclaré jeud"
    "i qu’aucun village n’avait été touché. Les "
    "habitants évoquent onze morts. « Nous avons tout perdu », a confié un père.",
    "de": "Der Sprecher des Ministeriums erklärte am Donnerstag, es sei kein Dorf getroffen "
    "worden. Elf Menschen seien getötet worden, darunter fünf Schüler, sagte ein Vater.",
    "ru": "Представитель министерства заявил в четверг"
    ", что ни одна деревня не пострадала. Жители "
    "долины говорят об одиннадцати погибших. «Мы потеряли всё», — сказал отец.",
    "uk": "Речник міністерства заявив у четвер, що жодне село не постраждало. Мешканці долини "
    "говорять про одинадцять загиблих і вимагають незалежного розслідування її причин.",
    "ar": "قال متحدث باسم الوزارة يوم الخميس إن الغارا"
    "ت لم تصب أي قرية. وتحدث سكان الوادي عن مقتل "
    "أحد عشر شخصا وطالبوا بتحقيق مستقل.",
    "he": "דובר המשרד אמר ביום חמישי כי אף כפר לא נפגע בתקיפות. תושבי העמק מדברים על אחד עשר "
    "הרוגים ודורשים חקירה עצמאית.",
    "el": "Ο εκπρόσωπος του υπουργείου δήλωσε την Πέμπ"
    "τη ότι κανένα χωριό δεν επλήγη. Οι κάτοικοι "
    "μιλούν για έντεκα νεκρούς.",
    "tr": "Bakanlık sözcüsü perşembe günü hiçbir köyü"
    "n vurulmadığını söyledi. Vadi sakinleri on "
    "bir kişinin öldüğünü anlatıyor ve bağımsız bir soruşturma istiyor.",
    "pl": "Rzecznik ministerstwa oświadczył w czwartek, że żadna wieś nie została trafiona. "
    "Mieszkańcy doliny mówią o jedenastu zabitych i żądają niezależnego śledztwa.",
    "zh": "国防部发言人星期四表示，空袭没有击中任何村庄"
    "。山谷居民说有十一人死亡，并要求进行独立调查。",
    "zh-Hant": "國防部發言人星期四表示，空襲沒有擊中任何村莊"
    "。山谷居民說有十一人死亡，並要求進行獨立調查。",
    "ja": "国防省の報道官は木曜日、空爆はどの村にも当たって"
    "いないと述べた。谷の住民は十一人が死亡したと語り、"
    "独立した調査を求めている。",
    "ko": "국방부 대변인은 목요일 공습이 어떤 마을도 타격"
    "하지 않았다고 밝혔다. 계곡 주민들은 열한 명이 "
    "숨졌다고 말했다.",
    "th": "โฆษกกระทรวงกล่าวเมื่อวันพฤหัสบดีว่าไม่มีหมู่บ้านใดถูกโจมตี ชาวบ้านเรียกร้องให้มีการสอบสวน",
}

ENCODED = {
    "en": ["cp1252", "mac_roman"],
    "fr": ["cp1252"],
    "de": ["cp1252"],
    "ru": ["cp1251", "koi8_r", "iso8859_5", "cp866"],
    "uk": ["cp1251", "koi8_u"],
    "ar": ["cp1256", "iso8859_6"],
    "he": ["cp1255"],
    "el": ["cp1253"],
    "tr": ["cp1254"],
    "pl": ["cp1250", "iso8859_2"],
    "zh": ["gb18030"],
    "zh-Hant": ["big5"],
    "ja": ["cp932", "euc_jp", "iso2022_jp"],
    "ko": ["cp949"],
    "th": ["cp874"],
}
