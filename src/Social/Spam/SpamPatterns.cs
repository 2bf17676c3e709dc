using BtcAgent.Social.Text;
using BtcAgent.Social.Weights;

namespace BtcAgent.Social.Spam;

/// <summary>
/// Patterns of giveaways and advertising. Each one found is a factor <c>spam.…</c> below 1; texts without any have none. At most
/// <see cref="PhrasesMax"/> phrases are listed.
/// </summary>
public static class SpamPatterns
{
    /// <summary>Phrases of one post that count.</summary>
    public const int PhrasesMax = 4;

    /// <summary>Hashtags, cashtags or mentions of one post without a factor; n above it count 2.5 / n.</summary>
    public const int TagsMax = 5;

    /// <summary>An amount such as 0.1 is read as a number, so one phrase covers all of them.</summary>
    private static readonly PhraseSet<double> Phrases = Create(
        (0.05, "double your,send 1 btc,send 1 eth,sends back,send back double,guaranteed profit,guaranteed profits,guaranteed returns,guaranteed income,private key recovery"),
        (0.1, "giveaway,giving away,give away,free btc,free bitcoin,free crypto,claim your,claim now,follow and retweet,rt and follow,follow & rt,tag 3 friends,recover your,recovered my,100x gem,next 100x,mining platform"),
        (0.2, "airdrop,dm me,dm for,inbox me,whatsapp,join my,join our,telegram group,telegram channel,presale,pre sale,promo code,sign up bonus,signals group,free signals,vip signals,like and retweet,copy my trades"),
        (0.3, "referral,sign up now,link in bio,subscribe to my,limited time"));

    public static IReadOnlyList<WeightFactor> Of(PostText text)
    {
        List<WeightFactor>? found = null;
        var (hashtags, cashtags, mentions) = (0, 0, 0);
        for (var at = 0; at < text.Tokens.Length;)
        {
            var kind = text.Tokens[at].Kind;
            hashtags += kind == TokenKind.Hashtag ? 1 : 0;
            cashtags += kind == TokenKind.Cashtag ? 1 : 0;
            mentions += kind == TokenKind.Mention ? 1 : 0;
            var length = Phrases.Match(text, at, out var value);
            if (length > 0 && (found?.Count ?? 0) < PhrasesMax)
            {
                (found ??= []).Add(new("spam.phrase", value, text.Span(at, length).ToString()));
            }

            at += Math.Max(1, length);
        }

        Many("spam.hashtags", hashtags);
        Many("spam.cashtags", cashtags);
        Many("spam.mentions", mentions);
        if (text.HasDisguise)
        {
            (found ??= []).Add(new("spam.disguise", 0.1, "letters of another script inside Latin words"));
        }

        return found ?? (IReadOnlyList<WeightFactor>)[];

        void Many(string name, int count)
        {
            if (count > TagsMax)
            {
                (found ??= []).Add(new(name, TagsMax / 2.0 / count, $"{count} of them"));
            }
        }
    }

    private static PhraseSet<double> Create(params ReadOnlySpan<(double Value, string Phrases)> lists)
    {
        var set = new PhraseSet<double>();
        foreach (var (value, phrases) in lists)
        {
            foreach (var phrase in phrases.Split(','))
            {
                set.Add(phrase, value);
            }
        }

        return set;
    }
}
