using BtcAgent.Social.Languages;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Tests.Languages;

public sealed class LanguageGuessTests
{
    [Theory]
    [InlineData("Bitcoin is going to the moon", "en")]
    [InlineData("El precio de bitcoin sube y no para", "es")]
    [InlineData("le prix du bitcoin est en hausse", "fr")]
    [InlineData("der Preis von Bitcoin steigt nicht", "de")]
    [InlineData("não vendo e uma queda não muda", "pt")]
    [InlineData("il prezzo di bitcoin non si ferma", "it")]
    [InlineData("bitcoin bugün çok iyi ve daha var", "tr")]
    [InlineData("de prijs van bitcoin is niet hoog", "nl")]
    [InlineData("harga bitcoin naik dan tidak turun dari ini", "id")]
    [InlineData("bitcoin nie jest na sprzedaż", "pl")]
    [InlineData("биткоин растёт сегодня", "ru")]
    [InlineData("біткоїн зростає", "uk")]
    [InlineData("比特币上涨", "zh")]
    [InlineData("ビットコインは上昇", "ja")]
    [InlineData("비트코인 상승", "ko")]
    [InlineData("البيتكوين يرتفع", "ar")]
    [InlineData("بیت کوین گران شد", "fa")]
    [InlineData("ביטקוין עולה", "he")]
    [InlineData("το μπιτκοιν ανεβαίνει", "el")]
    [InlineData("बिटकॉइन बढ़ रहा है", "hi")]
    [InlineData("বিটকয়েন বাড়ছে", "bn")]
    [InlineData("பிட்காயின் உயர்கிறது", "ta")]
    [InlineData("బిట్‌కాయిన్ పెరుగుతోంది", "te")]
    [InlineData("บิตคอยน์ขึ้น", "th")]
    [InlineData("ბიტკოინი იზრდება", "ka")]
    [InlineData("բիթքոին բարձրանում", "hy")]
    [InlineData("ប៊ីតខញ", "km")]
    [InlineData("ቢትኮይን", "am")]
    [InlineData("බිට්කොයින්", "si")]
    [InlineData("ಬಿಟ್ಕಾಯಿನ್", "kn")]
    [InlineData("ബിറ്റ്കോയിൻ", "ml")]
    [InlineData("બિટકોઈન", "gu")]
    [InlineData("ਬਿਟਕੋਇਨ", "pa")]
    [InlineData("BTC 100k", "und")]
    [InlineData("🚀🚀 $BTC", "und")]
    [InlineData("", "und")]
    public void Of_Text_GuessesByScriptAndStopWords(string text, string language) => Assert.Equal(language, LanguageGuess.Of(PostReader.Read(text)));

    [Theory]
    [InlineData("en", 1)]
    [InlineData("und", 0.5)]
    [InlineData("ja", 0.1)]
    public void Factor_Language_CountsHowFarTheLexiconReadsIt(string language, double value) => Assert.Equal(value, LanguageFactor.Of(language).Value);
}
