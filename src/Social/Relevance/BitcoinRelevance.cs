using BtcAgent.Social.Text;
using BtcAgent.Social.Weights;

namespace BtcAgent.Social.Relevance;

/// <summary>
/// How far a post is about bitcoin, 0…1. Names in eleven scripts, cashtags and hashtags count 1; each other asset beside it halves,
/// thirds, … that, down to 0.2. The market as a whole counts 0.5, "bit coin" in two words 0.3; other assets only, machines for coins,
/// and texts without any of these 0.
/// </summary>
public static class BitcoinRelevance
{
    private const string Rule = "relevance";

    private static readonly PhraseSet<Subject> Names = Create(
        (Subject.Bitcoin, "bitcoin,bitcoins,bitcoin's,btc,btc's,xbt,btcusd,btcusdt,btcusdc,btceur,btcperp,sats,satoshis,₿,$btc,$xbt,$bitcoin,$btcusd,$btcusdt,$btcx"),
        (Subject.Bitcoin, "биткоин,биткоина,биткоину,биткоином,биткойн,біткоїн,بيتكوين,البيتكوين,بیت کوین,ביטקוין,बिटकॉइन,বিটকয়েন,பிட்காயின்,비트코인,比特币,比特幣,ビットコイン,บิตคอยน์,บิทคอยน์,μπιτκοιν,ბიტკოინი,բիթքոին"),
        (Subject.Other, "bitcoin cash,bitcoin sv,bitcoin gold,bitcoin diamond,bitcoin private,bitcoincash,bitcoinsv,bitcoingold,wrapped bitcoin"),
        (Subject.Other, "eth,ethereum,ether,xrp,solana,doge,dogecoin,cardano,shib,shiba inu,bnb,avax,ltc,litecoin,polkadot,matic,trx,bch,bsv,btg,pepe,altcoin,altcoins,memecoin,memecoins"),
        (Subject.OtherAsTag, "link,dot,sol,ton,ada,near,sui,apt,arb,op,tron,ripple,gold,tsla,aapl"),
        (Subject.Market, "crypto,cryptos,cryptocurrency,cryptocurrencies,halving,hodl,hodling,satoshi,mempool,lightning network,stablecoin,stablecoins"),
        (Subject.Doubtful, "bit coin,bit coins"),
        (Subject.Coins, "bit coin machine,bit coin machines,bit coin slot,bit coin acceptor,bit coin collector,bit coin collection,bit coin sorter,bit coin op,8bit coin,8bit coins,16bit coin,16bit coins"));

    /// <summary>The factor <c>relevance</c> with its reason.</summary>
    public static WeightFactor Of(PostText text)
    {
        var (named, market, doubtful, coins, others) = (false, false, false, false, 0);
        for (var at = 0; at < text.Tokens.Length;)
        {
            var token = text.Tokens[at];
            var length = Names.Match(text, at, out var subject);
            if (length == 0)
            {
                named |= token.Kind == TokenKind.Hashtag && (text[token].StartsWith("#bitcoin") || text[token].StartsWith("#btc"));
                others += token.Kind == TokenKind.Cashtag ? 1 : 0;
                at++;
                continue;
            }

            named |= subject == Subject.Bitcoin;
            market |= subject == Subject.Market;
            doubtful |= subject == Subject.Doubtful;
            coins |= subject == Subject.Coins;
            others += subject == Subject.Other || (subject == Subject.OtherAsTag && token.Kind != TokenKind.Word) ? 1 : 0;
            at += length;
        }

        return (named, others) switch
        {
            (true, 0) => new(Rule, 1, "names bitcoin"),
            (true, _) => new(Rule, Math.Max(0.2, 1.0 / (1 + others)), $"names bitcoin and {others} others"),
            (_, > 0) => new(Rule, 0, "names other assets only"),
            _ when coins => new(Rule, 0, "about coins and their machines"),
            _ when doubtful => new(Rule, 0.3, "\"bit coin\" in two words"),
            _ when market => new(Rule, 0.5, "about the market of coins"),
            _ => new(Rule, 0, "does not name bitcoin"),
        };
    }

    private static PhraseSet<Subject> Create(params ReadOnlySpan<(Subject Subject, string Names)> lists)
    {
        var set = new PhraseSet<Subject>();
        foreach (var (subject, names) in lists)
        {
            foreach (var name in names.Split(','))
            {
                set.Add(name, subject);
            }
        }

        return set;
    }
}
