namespace BtcAgent.Social.Transformers.Tests.Tokens;

/// <summary>Texts that tokenisers disagree on.</summary>
internal static class HardTexts
{
    public static readonly string[] All =
    [
        "",
        " ",
        "Bitcoin is rising",
        "$BTC to the moon 🚀🚀🚀 #Bitcoin @someone https://example.com/a?b=c&d=1",
        "don't can't I'll we've 'quoted' it's",
        "BTC/USD +5.3% (24h) – sell @ $60,000.50!!!",
        "Über naïve café Ångström İstanbul ŁÓDŹ ẞ Straße ﬁnance",
        "e\u0301 o\u0308 n\u0303 a\u030A\u0301 combining",
        "比特币上涨了 ビットコイン 비트코인 상승",
        "Биткойн растёт Йод ё Ї",
        "Το Bitcoin ανεβαίνει σήμερα ΟΔΟΣ",
        "بيتكوين يرتفع السعر ؟",
        "ביטקוין עולה היום",
        "बिटकॉइन बढ़ रहा है क़",
        "บิตคอยน์ขึ้น",
        "Giá Bitcoin tăng mạnh ở Việt Nam",
        "👨‍👩‍👧‍👦 🇺🇸 ✅ ☝🏽 ♥️ 😂",
        "zero\u200Bwidth\u00ADsoft\u2060joiner\uFEFFbom",
        "tab\tnew\nline\r\ncarriage\u00A0nbsp\u2003em\u3000ideographic",
        "control\u0001\u0007\u001F\u007F\u0085char",
        "replacement\uFFFDprivate\uE000end",
        "“curly” ‘quotes’ … — – • ¿que? ¡hola! «guillemets»",
        "a_b-c.d,e;f:g^h`i~j|k{l}m[n]o\\p/q",
        "€100 £5 ¥300 ₿1 ₹9 ¢",
        "豈更車 丽 𠀋 𪛖 㐀 鿿",
        "𝐁𝐢𝐭𝐜𝐨𝐢𝐧 Ｂｉｔｃｏｉｎ ⓑⓣⓒ",
        "x²+y³=½ ⅓ № ™ ℃",
        "supercalifragilisticexpialidocious" + "antidisestablishmentarianism" + "pneumonoultramicroscopicsilicovolcanoconiosis",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "   leading and trailing   ",
        "1,234,567.89 0x1F 1e-9 50k 3rd",
        "[CLS] [SEP] [MASK] [UNK] [PAD] <s> </s> <unk> <mask>",
        "ሰላም ბიტკოინი Բիթքոյն ბ",
        "\u0300\u0301 ́ lonely marks",
    ];
}
