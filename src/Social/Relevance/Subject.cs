namespace BtcAgent.Social.Relevance;

/// <summary>The asset or thing that a name means.</summary>
internal enum Subject
{
    Bitcoin,

    /// <summary>Another coin, or a fork with bitcoin in its name.</summary>
    Other,

    /// <summary>A word such as "link", which is a coin only as a cashtag or hashtag.</summary>
    OtherAsTag,

    /// <summary>The market of coins as a whole.</summary>
    Market,

    /// <summary>"Bit coin" in two words: more often bitcoin than a coin.</summary>
    Doubtful,

    /// <summary>Machines for coins, arcades, collectors.</summary>
    Coins,
}
