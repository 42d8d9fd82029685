"""What becomes of characters, as the server and the browser clean them: one table for both."""

CLEANED = {
    # Line ends
    "第一の成果\v第二の成果": "第一の成果\n第二の成果",
    "一\r\n二\r三\f四\x85五\u2028六\u2029七": "一\n二\n三\n四\n五\n六\n七",
    "一\r\u200b\n二": "一\n\n二",
    # Spaces
    "\u00a0・研修": " ・研修",
    "1\u202f234\u2003円": "1 234 円",
    "全角\u3000空白\tタブ": "全角\u3000空白\tタブ",
    # Invisible marks
    "検\u00ad証\u3164\u115f\u1160\uffa0を\u200b行\ufeffう\x00。\x1c\x7f": "検証を行う。",
    "金額は\u202e321\u202c円\u2066（\u2069概算）": "金額は321円（概算）",
    "\ufffe図\ufffc表\U000e0041\ud800": "図表",
    # Radicals
    "2018年3月末時点の⽇本⼈職員は15名である。": "2018年3月末時点の日本人職員は15名である。",
    "⺠間の⻑期⾒通し、⻲⼭": "民間の長期見通し、亀山",
    # Variation selectors
    "前\ufe0e→\ufe0e後☎\ufe0f": "前→後☎",
    "葛\U000e0100城と辻\U000e0101\U000e0100": "葛\U000e0100城と辻\U000e0101",
    "あ\U000e0100い、\U000e0101": "あい、",
    "神\ufe00・神\ufe01": "\ufa19・神",
    "⽇\U000e0100": "日\U000e0100",
    # Compatibility ideographs are letters of names
    "\ufa19\ufa46\ufa1b\ufa10髙﨑": "\ufa19\ufa46\ufa1b\ufa10髙﨑",
    "\ufa92\uf929と\U0002f800": "\ufa92\uf929と\U0002f800",
    # Kana and composed letters
    "ｶﾞｲﾄﾞﾗｲﾝ｡ｱﾞﾞ": "ガイドライン。ア゛゛",
    "か\u3099いこう、か\u200b\u3099、か\ufe00\u3099": "がいこう、が、が",
    "cafe\u0301とÅ": "caféとÅ",
    "２０１８年　①㈱～℃㎡": "２０１８年　①㈱～℃㎡",
}
