using BtcAgent.Exchanges.Simulator.Flow;

namespace BtcAgent.Exchanges.Simulator.Posts;

/// <summary>The sentences of synthetic posts; {0} is a name of bitcoin and {1} a number. All invented.</summary>
internal static class PostTemplates
{
    private static readonly string[] Names = ["bitcoin", "Bitcoin", "#bitcoin", "$BTC", "$BTC", "BITCOIN"];

    private static readonly Dictionary<string, (string[] Bad, string[] Neutral, string[] Good)> Opinions = new(StringComparer.Ordinal)
    {
        ["en"] = (
            [
                "{0} is crashing again, sold everything at {1}",
                "longs liquidated, {0} looks very weak here",
                "everyone warned me that {0} would dump. {1} next, then lower",
                "panic selling everywhere, {0} broke support at {1}",
                "so bearish on {0} right now, big losses this week",
                "another hack, another scam. {0} falls and I am out",
            ],
            [
                "{0} at {1}, what do you think?",
                "watching {0} today, nothing decided",
                "anyone else reading about {0} custody rules this morning",
                "{0} trades around {1}, volume is average",
                "my notes on {0} fees, thread",
            ],
            [
                "{0} is breaking out, bought more at {1}",
                "shorts liquidated, {0} looks so strong",
                "huge rally, {0} to {1} and higher from here",
                "very bullish on {0}, new highs soon",
                "{0} adoption grows, record inflows today",
                "great gains with {0} this week, still holding",
            ]),
        ["de"] = (
            ["{0} stürzt ab, ich habe bei {1} verkauft", "Schlechte Zahlen, {0} fällt weiter"],
            ["{0} steht bei {1}, was meint ihr?", "Heute lese ich über {0} und Gebühren"],
            ["{0} steigt stark, bei {1} nachgekauft", "Starke Rallye, {0} auf neuem Hoch"]),
        ["es"] = (
            ["{0} se desploma, vendí todo en {1}", "Qué semana tan mala para {0}"],
            ["{0} está en {1}, ¿qué opinan?", "Leyendo sobre {0} esta mañana"],
            ["{0} sube fuerte, compré más en {1}", "Gran rally de {0}, nuevos máximos"]),
        ["pt"] = (
            ["{0} despencou, vendi tudo em {1}", "Semana ruim para {0}, muita perda"],
            ["{0} em {1}, o que vocês acham?"],
            ["{0} subindo forte, comprei mais em {1}", "Novas máximas de {0} em breve"]),
        ["ja"] = (
            ["ビットコイン {0} が急落、{1} で売った", "{0} は弱い、まだ下がりそう"],
            ["{0} は {1} 前後で推移", "今日は {0} の手数料を調べた"],
            ["{0} が急騰、{1} で買い増し", "{0} は強い、最高値が近い"]),
        ["tr"] = (
            ["{0} çöküyor, {1} seviyesinde sattım"],
            ["{0} şu an {1}, ne düşünüyorsunuz?"],
            ["{0} yükseliyor, {1} seviyesinden aldım"]),
        ["ru"] = (
            ["{0} падает, продал всё по {1}"],
            ["{0} около {1}, что думаете?"],
            ["{0} растёт, докупил по {1}"]),
    };

    private static readonly string[] Chatter =
    [
        "rain again, the train is {1} minutes late",
        "made soup for {1} people, nobody complained",
        "new phone arrived, the camera is fine",
        "does anyone know a good bike shop near the river",
        "the match ended {1} to nothing, what a game",
        "reading a book about whales, chapter {1}",
        "coffee first, everything else later",
        "the bit coin machine at the arcade ate my token",
    ];

    private static readonly string[] Campaigns =
    [
        "🚀 {0} giveaway! send {1} and get double back, only today",
        "join our signal group, {0} profit {1}% every day guaranteed",
        "I made {1} dollars with {0} thanks to my mentor, write to him now",
    ];

    private static readonly string[] Bots =
    [
        "{0} price is now {1} USD",
        "{0} alert: {1} moved between unknown wallets",
        "hourly {0} update: {1}",
    ];

    /// <summary>Languages and their share of the opinions.</summary>
    private static readonly (string Language, double Share)[] Languages =
        [("en", 0.72), ("es", 0.07), ("pt", 0.05), ("ja", 0.05), ("de", 0.04), ("tr", 0.04), ("ru", 0.03)];

    public static string Language(SeededRandom random)
    {
        var draw = random.Uniform();
        foreach (var (language, share) in Languages)
        {
            draw -= share;
            if (draw < 0)
            {
                return language;
            }
        }

        return Languages[0].Language;
    }

    public static string Opinion(SeededRandom random, string language, PostTone tone)
    {
        var (bad, neutral, good) = Opinions[language];
        return Fill(random, Pick(random, tone switch { PostTone.Bad => bad, PostTone.Good => good, _ => neutral }));
    }

    public static string OfChatter(SeededRandom random) => Fill(random, Pick(random, Chatter));

    /// <summary>The text that all posts of a campaign vary.</summary>
    public static string OfCampaign(SeededRandom random) => Fill(random, Pick(random, Campaigns));

    public static string OfBot(SeededRandom random) => Fill(random, Pick(random, Bots));

    private static string Pick(SeededRandom random, string[] templates) => templates[random.Below(templates.Length)];

    private static string Fill(SeededRandom random, string template) => template
        .Replace("{0}", Pick(random, Names), StringComparison.Ordinal)
        .Replace("{1}", (1 + random.Below(99_999)).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
